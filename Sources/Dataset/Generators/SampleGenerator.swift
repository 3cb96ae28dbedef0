/// Makes samples from extracts.
public protocol SampleGenerator: Sendable {
  /// What decides what it makes: samples of another recipe are made again.
  var recipe: Recipe { get }

  /// The samples of an extract.
  ///
  /// - Throws: ``DatasetError/badReply(reason:)``, which is about this extract alone; what makes every other extract fail
  ///   too, such as a server that is down or a budget that is spent; `CancellationError`.
  func samples(from extract: Extract) async throws -> GeneratorOutcome
}
