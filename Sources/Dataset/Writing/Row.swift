import Domain

/// A sample in the shape of a format.
struct Row: Encodable {
  private let sample: Sample
  private let format: DatasetFormat

  init(_ sample: Sample, _ format: DatasetFormat) {
    self.sample = sample
    self.format = format
  }

  func encode(to encoder: any Encoder) throws {
    switch sample {
    case .instruction(let sample): try encode(sample.instruction, sample.output, to: encoder)
    case .preference(let sample): try encode(sample.prompt, sample.chosen, rejected: sample.rejected, to: encoder)
    }
  }

  private func encode(_ instruction: String, _ output: String, to encoder: any Encoder) throws {
    switch format {
    case .alpaca: try ["instruction": instruction, "input": "", "output": output].encode(to: encoder)
    case .handbook: try ["instruction": instruction, "output": output].encode(to: encoder)
    case .messages: try ["messages": [user(instruction), assistant(output)]].encode(to: encoder)
    case .sharegpt: try ["conversations": [human(instruction), gpt(output)]].encode(to: encoder)
    }
  }

  private func encode(_ prompt: String, _ chosen: String, rejected: String, to encoder: any Encoder) throws {
    switch format {
    case .alpaca:
      try ["instruction": prompt, "input": "", "chosen": chosen, "rejected": rejected].encode(to: encoder)
    case .handbook: try ["prompt": prompt, "rejected": rejected, "chosen": chosen].encode(to: encoder)
    case .messages:
      try ["prompt": [user(prompt)], "chosen": [assistant(chosen)], "rejected": [assistant(rejected)]]
        .encode(to: encoder)
    case .sharegpt:
      try ["conversations": [human(prompt)], "chosen": [gpt(chosen)], "rejected": [gpt(rejected)]].encode(to: encoder)
    }
  }

  private func user(_ text: String) -> [String: String] { ["role": "user", "content": text] }
  private func assistant(_ text: String) -> [String: String] { ["role": "assistant", "content": text] }
  private func human(_ text: String) -> [String: String] { ["from": "human", "value": text] }
  private func gpt(_ text: String) -> [String: String] { ["from": "gpt", "value": text] }
}
