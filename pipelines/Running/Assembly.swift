import Foundation

/// A pipeline on open stores, with the inputs that a configuration gives it.
struct Assembly: Sendable {
  let graph: Graph
  let inputs: [String: any Sendable]

  init<Owner: Pipeline>(_ pipeline: Owner, _ inputs: Owner.Inputs) {
    graph = Graph(pipeline)
    self.inputs = inputs.values
  }
}

extension PipelineRunner {
  /// Opens what a pipeline needs, does something with it, and puts away what was only for that.
  func withAssembly<Value>(
    of pipeline: PipelineName, on stores: Stores, _ work: (Assembly) async throws -> Value
  ) async throws -> Value {
    switch pipeline {
    case .etl:
      let folder = FileManager.default.temporaryDirectory.appending(path: "twin-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      return try await work(try await etl(on: stores, folder: folder.path))
    case .features: return try await work(try await features(on: stores))
    case .dataset: return try await work(try await dataset(on: stores))
    }
  }

  private var selection: Selection { Selection(configuration: configuration, only: only) }

  private func etl(on stores: Stores, folder: String) async throws -> Assembly {
    let authors = try selection.sourcesToCrawl()
    let warehouse = try await stores.warehouse()
    var context = CrawlContext(configuration, http: stores.http, workFolder: folder, warehouse: warehouse)
    // Whoever asks for it by name wants it to be tried.
    context.ignoresNextTry = isCacheIgnored || !retrying.isEmpty
    let pipeline = ETLPipeline(
      warehouse: warehouse, dispatcher: configuration.dispatcher, context: context,
      embeddingModel: configuration.embedding.model)
    return Assembly(pipeline, .init(authors: authors))
  }

  private func features(on stores: Stores) async throws -> Assembly {
    let names = try selection.authorNames()
    let embedder = try await isCacheIgnored ? stores.embedder() : stores.passageEmbedder()
    let pipeline = FeaturePipeline(
      warehouse: try await stores.warehouse(), vectors: try await stores.vectors(), cleaner: Cleaner(configuration),
      chunker: try Chunker(configuration, embedder: embedder), embedder: embedder, remakesAll: isCacheIgnored)
    return Assembly(pipeline, .init(authorNames: names, categories: selection.categories()))
  }

  private func dataset(on stores: Stores) async throws -> Assembly {
    let settings = configuration.dataset
    let names = try selection.authorNames()
    let evaluation = try EvaluationTexts(files: settings.evaluationFiles)
    let pipeline = DatasetPipeline(
      warehouse: try await stores.warehouse(), vectors: try await stores.vectors(),
      generator: try await stores.sampleGenerator(budget: budget, refreshes: isCacheIgnored),
      reviewer: try await stores.sampleReviewer(),
      writer: DatasetWriter(output: settings.output, formats: settings.formats.compactMap(DatasetFormat.init)))
    return Assembly(
      pipeline,
      .init(
        authorNames: names, categories: selection.categories(),
        quotes: QuoteUse(rawValue: settings.quotes) ?? .leaveOut, rule: configuration.extractRule,
        gates: settings.settings.gates, settings: settings.settings, evaluation: evaluation))
  }
}
