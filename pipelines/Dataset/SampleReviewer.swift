/// The gates that ask models: how near answers are to their extracts by meaning, and what a judge thinks of them.
///
/// It is known by the models, their prompts and the thresholds, so that what was looked at once is not looked at again.
public struct SampleReviewer: Fingerprinted, Sendable {
  private let gates: GateSettings
  private let embedder: (any Embedder)?
  private let judge: Judge?

  /// Makes a reviewer; without models it lets everything through.
  public init(gates: GateSettings = GateSettings(), embedder: (any Embedder)? = nil, judge: Judge? = nil) {
    self.gates = gates
    self.embedder = embedder
    self.judge = judge
  }

  /// The models, their prompts and the thresholds.
  public var fingerprint: String {
    let code = CodeVersion.source("", names: ["Judge", "gatedByMeaning"], reachesAll: false, in: moduleSources)
    let parts = [
      embedder.map { "\($0.model.name) \($0.model.digest) \(gates.leastCosine)" } ?? "",
      judge?.recipe.hash.hexadecimal ?? "", code.text,
    ]
    return ContentHash(ofParts: parts).hexadecimal
  }

  /// The outcome with the marks of its samples, and without those whose marks are too low.
  func reviewed(_ outcome: GeneratorOutcome) async throws -> GeneratorOutcome {
    var outcome = outcome
    if let embedder { outcome = try await gatedByMeaning(outcome, by: gates, embedder: embedder) }
    if let judge { outcome = try await judge.judged(outcome) }
    return outcome
  }
}
