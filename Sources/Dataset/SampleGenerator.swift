/// Makes samples from extracts.
public protocol SampleGenerator: Sendable {
  /// What decides what it makes: samples of another recipe are made again.
  var recipe: Recipe { get }

  /// The samples of an extract.
  ///
  /// A bad reply of a model is a rejection in the outcome, not an error.
  /// - Throws: what makes every other extract fail too, such as a server that is down; `CancellationError`.
  func samples(from extract: Extract) async throws -> GeneratorOutcome
}
