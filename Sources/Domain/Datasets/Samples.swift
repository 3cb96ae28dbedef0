/// An instruction and the author's answer to it.
public struct InstructSample: Codable, Hashable, Sendable, Identifiable {
  /// Derived from the extract's place and the recipe.
  public var id: Identifier
  /// What the model is told to be; empty for nothing.
  public var system: String
  /// What is asked.
  public var instruction: String
  /// The answer in the author's words.
  public var output: String
  /// Where the sample comes from.
  public var provenance: Provenance

  /// Makes the `index`th sample of an extract.
  public init(instruction: String, output: String, system: String = "", provenance: Provenance, index: Int) {
    id = sampleIdentifier(provenance, index: index)
    self.system = system
    self.instruction = instruction
    self.output = output
    self.provenance = provenance
  }
}

/// A prompt, the author's own answer, and a worse one.
public struct PreferenceSample: Codable, Hashable, Sendable, Identifiable {
  /// Derived from the extract's place and the recipe.
  public var id: Identifier
  /// What the model is told to be; empty for nothing.
  public var system: String
  /// What is asked.
  public var prompt: String
  /// The author's own words.
  public var chosen: String
  /// The generated answer.
  public var rejected: String
  /// Where the sample comes from.
  public var provenance: Provenance

  /// Makes the `index`th sample of an extract.
  public init(
    prompt: String, chosen: String, rejected: String, system: String = "", provenance: Provenance, index: Int
  ) {
    id = sampleIdentifier(provenance, index: index)
    self.system = system
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.provenance = provenance
  }
}

private func sampleIdentifier(_ provenance: Provenance, index: Int) -> Identifier {
  Identifier(
    "sample",
    [
      provenance.documentID.uuidString, String(provenance.start), String(provenance.end),
      provenance.recipeHash.hexadecimal, String(index),
    ])
}
