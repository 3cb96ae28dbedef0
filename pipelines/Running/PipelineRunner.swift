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
      key: configuration.identity)
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
      // Of a feed, each article is asked for by its own link.
      previous: { name in
        if let record = try await warehouse.crawlRecord(source: name) { return record }
        return try await warehouse.crawlRecord(link: name)
      },
      gitHubToken: configuration.environment["GITHUB_TOKEN"])
    let pipeline = ETLPipeline(
      warehouse: warehouse, dispatcher: Dispatcher(), context: context, delay: configuration.crawl.delay)
    var options = options(.etl)
    options.isRestricted = !only.isEmpty
    options.itemConcurrency = [ETLPipeline.StepName.crawledSources.rawValue: configuration.crawl.concurrency]
    return try await pipeline.run([.crawlSummary], .init(authors: authors), options: options).record
  }

  private func runFeatures() async throws -> RunRecord {
    let warehouse = try await stores.warehouse()
    let embedder = try stores.embedder()
    let pipeline = FeaturePipeline(
      warehouse: warehouse, vectors: try await stores.vectors(), cleaner: Cleaner(configuration),
      chunker: try Chunker(configuration, embedder: embedder), embedder: embedder)
    let inputs = FeaturePipeline.Inputs(authorNames: try authorNames(), categories: categories())
    return try await pipeline.run([.loadedDocuments, .deletedDocuments], inputs, options: options(.features)).record
  }

  private func runDataset() async throws -> RunRecord {
    let settings = configuration.dataset
    let pipeline = DatasetPipeline(
      warehouse: try await stores.warehouse(), vectors: try await stores.vectors(),
      generator: try stores.sampleGenerator(),
      writer: DatasetWriter(output: settings.output, formats: settings.formats.compactMap(DatasetFormat.init)))
    let inputs = DatasetPipeline.Inputs(
      authorNames: try authorNames(), categories: categories(),
      kind: DatasetKind(rawValue: settings.kind) ?? .instruction,
      testSplit: settings.testSplit)
    return try await pipeline.run([.writtenDataset], inputs, options: options(.dataset)).record
  }

  // MARK: Selection

  /// The names to restrict features and dataset to: all of the configuration's, or those whose name or source `only`
  /// has.
  private func authorNames() throws -> [String] {
    try selection().map(\.name)
  }

  /// The categories that `only` names; all when it names none.
  private func categories() -> [DataCategory] {
    let named = only.compactMap { DataCategory(rawValue: $0) }
    return named.isEmpty ? DataCategory.allCases : named
  }

  /// The authors and sources to crawl.
  private func selectedAuthors() throws -> [AuthorConfiguration] {
    guard !configuration.authors.isEmpty else {
      throw ConfigurationError.missing(
        key: "author", path: configuration.file, advice: "say whose writing the sources are")
    }
    guard configuration.authors.contains(where: { !$0.sources.isEmpty }) else {
      throw ConfigurationError.missing(
        key: "sources", path: configuration.file, advice: "name URLs, exports, folders or files to crawl")
    }
    var owners: [String: String] = [:]
    for author in configuration.authors {
      for source in author.sources {
        if let owner = owners.updateValue(author.name, forKey: source.location), owner != author.name {
          throw ConfigurationError.badValue(
            key: "sources", origin: configuration.origin(of: "authors"), found: "\(redactedURL(source.location)) twice",
            wanted: "the source of one author: \(owner) or \(author.name)")
        }
      }
    }
    return try SourceOverlaps(configuration).withoutNested(try selection())
  }

  private func selection() throws -> [AuthorConfiguration] {
    let authors = configuration.authors.map { author in
      var seen: Set<String> = []
      let sources = author.sources.filter { seen.insert($0.location).inserted }
      return AuthorConfiguration(name: author.name, sources: sources)
    }
    let names = only.filter { DataCategory(rawValue: $0) == nil }
    guard !names.isEmpty else { return authors }
    // A path may be given as the configuration has it, or as seen from the working directory.
    let folder = URL(fileURLWithPath: configuration.file).deletingLastPathComponent()
    let wanted = Set(
      names.flatMap { name in
        [
          name, URL(fileURLWithPath: name).path,
          URL(fileURLWithPath: name, relativeTo: folder).standardizedFileURL.path,
        ]
      })
    let known = authors.flatMap { [$0.name] + $0.sources.map(\.location) }
    for name in names where wanted.isDisjoint(with: known) {
      throw PipelineError.nothingSelected(name: name, known: known + DataCategory.allCases.map(\.rawValue))
    }
    return authors.compactMap { author in
      if wanted.contains(author.name) { return author }
      let sources = author.sources.filter { wanted.contains($0.location) }
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
