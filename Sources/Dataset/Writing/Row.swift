import Domain

/// A sample in the shape of a format of JSON lines.
struct Row: Encodable {
  private let sample: Sample
  private let format: DatasetFormat

  init(_ sample: Sample, _ format: DatasetFormat) {
    self.sample = sample
    self.format = format
  }

  func encode(to encoder: any Encoder) throws {
    switch sample {
    case .instruction(let sample): try encode(sample, to: encoder)
    case .preference(let sample): try encode(sample, to: encoder)
    }
  }

  private func encode(_ sample: InstructSample, to encoder: any Encoder) throws {
    let (instruction, output) = (sample.instruction, sample.output)
    switch format {
    case .alpaca:
      try withSystem(["instruction": instruction, "input": "", "output": output], sample.system).encode(to: encoder)
    case .handbook: try ["instruction": instruction, "output": output].encode(to: encoder)
    case .messages:
      let messages = system(sample.system) + [message("user", instruction), message("assistant", output)]
      try ["messages": messages].encode(to: encoder)
    case .sharegpt:
      let turns = systemTurn(sample.system) + [turn("human", instruction), turn("gpt", output)]
      try ["conversations": turns].encode(to: encoder)
    case .chatml:
      let text = chatML(sample.system, instruction) + output + chatMLEnd
      try ["text": text].encode(to: encoder)
    case .parquet: break
    }
  }

  private func encode(_ sample: PreferenceSample, to encoder: any Encoder) throws {
    let (prompt, chosen, rejected) = (sample.prompt, sample.chosen, sample.rejected)
    switch format {
    case .alpaca:
      let row = ["instruction": prompt, "input": "", "chosen": chosen, "rejected": rejected]
      try withSystem(row, sample.system).encode(to: encoder)
    case .handbook: try ["prompt": prompt, "rejected": rejected, "chosen": chosen].encode(to: encoder)
    case .messages:
      let row = [
        "prompt": system(sample.system) + [message("user", prompt)], "chosen": [message("assistant", chosen)],
        "rejected": [message("assistant", rejected)],
      ]
      try row.encode(to: encoder)
    case .sharegpt:
      let row = [
        "conversations": systemTurn(sample.system) + [turn("human", prompt)], "chosen": [turn("gpt", chosen)],
        "rejected": [turn("gpt", rejected)],
      ]
      try row.encode(to: encoder)
    case .chatml:
      let row = [
        "prompt": chatML(sample.system, prompt), "chosen": chosen + chatMLEnd, "rejected": rejected + chatMLEnd,
      ]
      try row.encode(to: encoder)
    case .parquet: break
    }
  }

  private func withSystem(_ row: [String: String], _ system: String) -> [String: String] {
    system.isEmpty ? row : row.merging(["system": system]) { $1 }
  }

  private func system(_ text: String) -> [[String: String]] { text.isEmpty ? [] : [message("system", text)] }
  private func systemTurn(_ text: String) -> [[String: String]] { text.isEmpty ? [] : [turn("system", text)] }
  private func message(_ role: String, _ text: String) -> [String: String] { ["role": role, "content": text] }
  private func turn(_ from: String, _ text: String) -> [String: String] { ["from": from, "value": text] }

  /// A conversation up to where the model goes on.
  private func chatML(_ system: String, _ instruction: String) -> String {
    let first = system.isEmpty ? "" : chatMLTurn("system", system)
    return first + chatMLTurn("user", instruction) + "<|im_start|>assistant\n"
  }

  private func chatMLTurn(_ role: String, _ text: String) -> String { "<|im_start|>\(role)\n\(text)\(chatMLEnd)" }

  private var chatMLEnd: String { "<|im_end|>\n" }
}
