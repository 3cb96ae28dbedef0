import Foundation

/// Runs pipelines as a configuration asks: opens the stores, holds the lock, writes the record.
public struct PipelineRunner: Sendable {
  /// What to run on.
  public let stores: Stores
  /// Who watches.
  public var observer: (any RunObserver)?
  /// Restricts the run to these sources, authors or categories; empty for all.
  public var only: [String] = []

  /// Makes a runner.
  public init(_ stores: Stores) {
    self.stores = stores
  }

  var configuration: Configuration { stores.configuration }

  /// Runs one pipeline.
  ///
  /// - Returns: the record, also of a run in which something failed.
  /// - Throws: `DataflowError.locked` when another run of the pipeline and configuration is under way, ``PipelineError``,
  ///   the errors of stores that cannot be opened, and `CancellationError` once the record says so.
  public func run(_ pipeline: PipelineName) async throws -> RunRecord {
    let lock = RunLock(
      folder: configuration.runStore.folder.appending(path: ".locks"), pipeline: pipeline.rawValue,
      key: URL(fileURLWithPath: configuration.file).standardizedFileURL.path)
    return try await lock.hold {
      switch pipeline {
      case .etl: try await runETL()
      case .features: try await runFeatures()
      case .dataset: try await runDataset()
      }
    }
  }

  private func runETL() async throws -> RunRecord {
    let authors = try selectedAuthors()
    let warehouse = try await stores.warehouse()
    let work = FileManager.default.temporaryDirectory.appending(path: "twin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let context = CrawlContext(
      http: stores.http, workFolder: work.path,
      previous: { try await warehouse.crawlRecord(source: $0) },
      gitHubToken: stores.environment["GITHUB_TOKEN"])
    let pipeline = ETLPipeline(
      warehouse: warehouse, dispatcher: Dispatcher(), context: context, delay: configuration.crawl.delay)
    return try await pipeline.run([.crawlSummary], .init(authors: authors), options: options(.etl)).record
  }

  private func runFeatures() async throws -> RunRecord {
    let warehouse = try await stores.warehouse()
    let embedder = try stores.embedder()
    let pipeline = FeaturePipeline(
      warehouse: warehouse, vectors: try await stores.vectors(), cleaner: Cleaner(configuration),
      chunker: try Chunker(configuration, embedder: embedder), embedder: embedder)
    let inputs = FeaturePipeline.Inputs(authorNames: authorNames())
    return try await pipeline.run([.loadedDocuments, .deletedDocuments], inputs, options: options(.features)).record
  }

  private func runDataset() async throws -> RunRecord {
    let settings = configuration.dataset
    let pipeline = DatasetPipeline(
      warehouse: try await stores.warehouse(), vectors: try await stores.vectors(),
      generator: try stores.sampleGenerator(),
      writer: DatasetWriter(output: settings.output, formats: settings.formats.compactMap(DatasetFormat.init)))
    let inputs = DatasetPipeline.Inputs(
      authorNames: authorNames(), kind: DatasetKind(rawValue: settings.kind) ?? .instruction,
      testSplit: settings.testSplit)
    return try await pipeline.run([.writtenDataset], inputs, options: options(.dataset)).record
  }

  // MARK: Selection

  private func authorNames() -> [String] {
    let names = configuration.authors.map(\.name)
    let selected = names.filter(only.contains)
    return selected.isEmpty ? names : selected
  }

  private func selectedAuthors() throws -> [AuthorConfiguration] {
    guard !configuration.authors.isEmpty else { throw PipelineError.noAuthors(file: configuration.file) }
    guard configuration.authors.contains(where: { !$0.sources.isEmpty }) else {
      throw PipelineError.noSources(file: configuration.file)
    }
    guard !only.isEmpty else { return configuration.authors }
    let known = configuration.authors.flatMap { [$0.name] + $0.sources.map(\.location) }
    for name in only where !known.contains(name) { throw PipelineError.nothingSelected(name: name, known: known) }
    return configuration.authors.compactMap { author in
      if only.contains(author.name) { return author }
      let sources = author.sources.filter { only.contains($0.location) }
      return sources.isEmpty ? nil : AuthorConfiguration(name: author.name, sources: sources)
    }
  }

  func options(_ pipeline: PipelineName) -> RunOptions {
    RunOptions(
      pipeline: pipeline.rawValue, store: configuration.runStore, quarantine: configuration.quarantine,
      observer: observer,
      configuration: .object(
        Dictionary(
          configuration.resolved.map { ($0.key, .string($0.value)) }, uniquingKeysWith: { $1 })),
      environment: ["twin": twinVersion])
  }
}
