import Dataflow

@testable import Pipelines

extension VectorStore {
  /// Runs the features pipeline on this store with a model of the test's own, which no configuration names.
  ///
  /// - Parameter authors: empty for all that the warehouse has.
  func runFeatures(
    _ stores: Stores, _ embedder: any Embedder, authors: [String] = []
  ) async throws -> GraphRun {
    let pipeline = FeaturePipeline(
      warehouse: try await stores.warehouse(), vectors: self, cleaner: Cleaner(stores.configuration),
      chunker: try Chunker(stores.configuration, embedder: embedder), embedder: embedder)
    return try await Graph(pipeline).run(
      ["featureSummary"],
      inputs: FeaturePipeline.Inputs(authorNames: authors, categories: DataCategory.allCases).values,
      options: RunOptions())
  }
}

extension RunRecord {
  /// What a summary noted.
  func noted(_ key: String, of artifact: String = "featureSummary") -> JSONValue? {
    artifacts.first { $0.name == artifact }?.metadata[key]
  }
}
