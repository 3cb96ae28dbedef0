import Domain

/// A sample as one flat JSON object: its identifier, its texts, and where they come from.
///
/// The lines of `provenance.jsonl` and the samples in `rejected.jsonl` have this form, so that a sample can be taken out
/// of either and be put into a set again.
struct FlatSample: Codable, Hashable {
  let sample: Sample

  init(_ sample: Sample) { self.sample = sample }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let provenance = try Provenance(from: decoder)
    let system = try container.decodeIfPresent(String.self, forKey: .system) ?? ""
    let id = try container.decode(Identifier.self, forKey: .id)
    if let prompt = try container.decodeIfPresent(String.self, forKey: .prompt) {
      var sample = PreferenceSample(
        prompt: prompt, chosen: try container.decode(String.self, forKey: .chosen),
        rejected: try container.decode(String.self, forKey: .rejected), system: system, provenance: provenance,
        index: 0)
      sample.id = id
      self.sample = .preference(sample)
    } else {
      var sample = InstructSample(
        instruction: try container.decode(String.self, forKey: .instruction),
        output: try container.decode(String.self, forKey: .output), system: system, provenance: provenance, index: 0)
      sample.id = id
      self.sample = .instruction(sample)
    }
  }

  func encode(to encoder: any Encoder) throws {
    try sample.provenance.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sample.id, forKey: .id)
    try container.encode(sample.system, forKey: .system)
    switch sample {
    case .instruction(let sample):
      try container.encode(sample.instruction, forKey: .instruction)
      try container.encode(sample.output, forKey: .output)
    case .preference(let sample):
      try container.encode(sample.prompt, forKey: .prompt)
      try container.encode(sample.chosen, forKey: .chosen)
      try container.encode(sample.rejected, forKey: .rejected)
    }
  }

  enum CodingKeys: String, CodingKey {
    case id, system, instruction, output, prompt, chosen, rejected
  }
}
