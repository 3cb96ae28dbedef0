import Domain
public import LanguageModel

/// Makes samples with a language model: instructions and answers, or for preferences prompts and worse answers beside
/// the author's own words.
///
/// A reply is parsed and checked against a schema; a bad one is asked for once more, and then only its extract is given
/// up. What the rules of ``PairRules`` do not let through is rejected with the reason.
public struct ModelGenerator: SampleGenerator {
  /// Raised whenever the prompts or the rules change.
  static let version = 1

  /// What decides what it makes: the model, the prompt, the sampling, the number of pairs and the rules.
  public let recipe: Recipe
  private let kind: DatasetKind
  private let model: any LanguageModel
  private let prompt: PairPrompt
  private let sampling: Sampling

  /// Makes a generator of at most `pairsPerExtract` pairs for each extract.
  public init(
    kind: DatasetKind, model: any LanguageModel, pairsPerExtract: Int = 5, sampling: Sampling = Sampling()
  ) {
    self.kind = kind
    self.model = model
    self.sampling = sampling
    prompt = PairPrompt(kind: kind, pairs: max(1, pairsPerExtract))
    let drawing = "\(sampling.temperature)/\(sampling.seed.map(String.init) ?? "-")/\(sampling.maximumTokens)"
    recipe = Recipe(
      name: "model/\(Self.version) \(model.name)", parameters: [kind.rawValue, prompt.fingerprint, drawing])
  }

  /// The samples of an extract.
  ///
  /// - Throws: what a model throws that is not about one reply, such as a server that is down; `CancellationError`.
  public func samples(from extract: Extract) async throws -> GeneratorOutcome {
    let reply: JSONValue
    do {
      reply = try await askTwice(about: extract)
    } catch let error as LanguageModelError where error.isAboutReply || error.isAboutLength {
      return GeneratorOutcome(rejected: [Rejection(extract, rule: "bad_reply", detail: error.description)])
    }
    var outcome = GeneratorOutcome()
    for (index, pair) in (reply["pairs"]?.array ?? []).prefix(prompt.pairs).enumerated() {
      switch kind {
      case .instruction: addInstruction(pair, index, of: extract, to: &outcome)
      case .preference: addPreference(pair, index, of: extract, to: &outcome)
      }
    }
    if outcome.accepted.isEmpty, outcome.rejected.isEmpty {
      outcome.rejected.append(Rejection(extract, rule: "bad_reply", detail: "the reply holds no pairs"))
    }
    return outcome
  }

  private func askTwice(about extract: Extract) async throws -> JSONValue {
    do {
      return try await ask(about: extract, sampling)
    } catch let error as LanguageModelError where error.isAboutReply {
      var other = sampling
      other.seed = sampling.seed.map { $0 + 1 }
      return try await ask(about: extract, other)
    }
  }

  private func ask(about extract: Extract, _ sampling: Sampling) async throws -> JSONValue {
    let request = GenerationRequest(
      messages: prompt.messages(about: extract), sampling: sampling, schema: prompt.schema)
    return try await model.generate(request).json ?? .null
  }

  private func addInstruction(_ pair: JSONValue, _ index: Int, of extract: Extract, to outcome: inout GeneratorOutcome)
  {
    let instruction = trimmed(pair["instruction"]?.string)
    let answer = trimmed(pair["answer"]?.string)
    if let broken = PairRules.brokenRule(instruction: instruction, answer: answer, extract: extract) {
      outcome.rejected.append(
        Rejection(extract, rule: broken.rule, detail: broken.detail, instruction: instruction, answer: answer))
      return
    }
    let whole = 0..<extract.text.utf8.count
    let sample = InstructSample(
      instruction: instruction, output: answer, provenance: extract.provenance(whole, recipe: recipe), index: index)
    outcome.accepted.append(.init(.instruction(sample)))
  }

  private func addPreference(_ pair: JSONValue, _ index: Int, of extract: Extract, to outcome: inout GeneratorOutcome) {
    let instruction = trimmed(pair["instruction"]?.string)
    let proposed = trimmed(pair["chosen"]?.string)
    let rejected = trimmed(pair["rejected"]?.string)
    guard let span = verbatimSpan(of: proposed, in: extract.text) else {
      let detail = "the chosen answer is not the author's text"
      outcome.rejected.append(
        Rejection(extract, rule: "not_verbatim", detail: detail, instruction: instruction, answer: proposed))
      return
    }
    let chosen = String(decoding: Array(extract.text.utf8)[span], as: UTF8.self)
    if let broken = PairRules.brokenRule(instruction: instruction, chosen: chosen, rejected: rejected) {
      outcome.rejected.append(
        Rejection(extract, rule: broken.rule, detail: broken.detail, instruction: instruction, answer: chosen))
      return
    }
    let sample = PreferenceSample(
      prompt: instruction, chosen: chosen, rejected: rejected, provenance: extract.provenance(span, recipe: recipe),
      index: index)
    outcome.accepted.append(.init(.preference(sample)))
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
