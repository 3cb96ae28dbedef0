import Domain
public import LanguageModel

/// Makes samples with a language model: instructions and answers, or for preferences prompts and worse answers beside
/// the author's own words.
///
/// A reply is parsed and checked against a schema; a bad one is asked for once more, and then its extract fails, and that
/// alone. What the pairs must fulfil beyond that is for the gates.
public struct ModelGenerator: SampleGenerator {
  /// Raised whenever the same reply gives other samples than before.
  static let version = 2

  /// What decides what it makes: the model, the prompt, the sampling and the number of pairs.
  public let recipe: Recipe
  private let kind: DatasetKind
  private let model: any LanguageModel
  private let prompt: PairPrompt
  private let sampling: Sampling

  /// Makes a generator of at most `pairsPerExtract` pairs for each extract.
  ///
  /// - Parameter prompts: those of the use cases `instruction_pairs` and `preference_pairs`; nil for those that ship.
  /// - Throws: `PromptError` for a prompt that does not take the extract, or wants what an extract has not.
  public init(
    kind: DatasetKind, model: any LanguageModel, prompts: PromptLibrary? = nil, pairsPerExtract: Int = 5,
    sampling: Sampling = Sampling()
  ) throws {
    self.kind = kind
    self.model = model
    self.sampling = sampling
    let template = try (prompts ?? PromptLibrary()).prompt(PairPrompt.useCase(kind), for: model.name)
    prompt = try PairPrompt(kind: kind, pairs: max(1, pairsPerExtract), template: template)
    let drawing = "\(sampling.temperature)/\(sampling.seed.map(String.init) ?? "-")/\(sampling.maximumTokens)"
    recipe = Recipe(
      name: "model/\(Self.version) \(model.name) \(prompt.identity)",
      parameters: [kind.rawValue, String(prompt.pairs), drawing])
  }

  /// What a model is asked about an extract, for who prices a run before it is made.
  ///
  /// - Throws: `PromptError`, for none that was checked when the generator was made.
  public func request(about extract: Extract) throws -> GenerationRequest { try request(about: extract, sampling) }

  /// The samples of an extract.
  ///
  /// - Throws: ``DatasetError/badReply(reason:)`` when the second reply cannot be used either; what a model throws that is
  ///   not about one reply, such as a server that is down; `CancellationError`.
  public func samples(from extract: Extract) async throws -> GeneratorOutcome {
    let reply: JSONValue
    do {
      reply = try await askTwice(about: extract)
    } catch let error as LanguageModelError where error.isAboutReply || error.isAboutLength {
      throw DatasetError.badReply(reason: error.description)
    }
    let pairs = (reply["pairs"]?.array ?? []).prefix(prompt.pairs)
    guard !pairs.isEmpty else { throw DatasetError.badReply(reason: "the reply of \(model.name) holds no pairs.") }
    var outcome = GeneratorOutcome(of: extract)
    for (index, pair) in pairs.enumerated() {
      switch kind {
      case .instruction: outcome.accepted.append(.init(.instruction(instruction(pair, index, of: extract))))
      case .preference: addPreference(pair, index, of: extract, to: &outcome)
      }
    }
    return outcome
  }

  private func askTwice(about extract: Extract) async throws -> JSONValue {
    do {
      return try await ask(try request(about: extract, sampling))
    } catch let error as LanguageModelError where error.isAboutReply {
      var other = sampling
      other.seed = sampling.seed.map { $0 + 1 }
      return try await ask(try request(about: extract, other))
    }
  }

  private func ask(_ request: GenerationRequest) async throws -> JSONValue {
    try await model.generate(request).json ?? .null
  }

  private func request(about extract: Extract, _ sampling: Sampling) throws -> GenerationRequest {
    GenerationRequest(
      messages: try prompt.messages(about: extract), sampling: sampling, schema: prompt.schema,
      subject: extract.documentID.uuidString)
  }

  private func instruction(_ pair: JSONValue, _ index: Int, of extract: Extract) -> InstructSample {
    let whole = 0..<extract.text.utf8.count
    return InstructSample(
      instruction: trimmed(pair["instruction"]?.string), output: trimmed(pair["answer"]?.string),
      provenance: extract.provenance(whole, recipe: recipe), index: index)
  }

  /// Takes the chosen answer as it stands in the extract, so that its bytes are the author's whatever the model did to
  /// the white space.
  private func addPreference(_ pair: JSONValue, _ index: Int, of extract: Extract, to outcome: inout GeneratorOutcome) {
    let proposed = trimmed(pair["chosen"]?.string)
    let span = verbatimSpan(of: proposed, in: extract.text)
    let chosen = span.map { String(decoding: Array(extract.text.utf8)[$0], as: UTF8.self) } ?? proposed
    let provenance = extract.provenance(span ?? 0..<extract.text.utf8.count, recipe: recipe)
    let sample = Sample.preference(
      PreferenceSample(
        prompt: trimmed(pair["instruction"]?.string), chosen: chosen, rejected: trimmed(pair["rejected"]?.string),
        provenance: provenance, index: index))
    if span == nil {
      let finding = Finding("not_verbatim", "the words of the chosen answer do not stand in the extract one by one")
      outcome.rejected.append(Rejection(sample, finding))
    } else {
      outcome.accepted.append(.init(sample))
    }
  }
}

extension LanguageModelError {
  /// Whether the extract is too long for the model, so that only this one fails.
  fileprivate var isAboutLength: Bool {
    if case .promptTooLong = self { true } else { false }
  }
}

private func trimmed(_ text: String?) -> String {
  var rest = (text ?? "")[...]
  while let first = rest.first, first.isWhitespace { rest.removeFirst() }
  while let last = rest.last, last.isWhitespace { rest.removeLast() }
  return String(rest)
}
