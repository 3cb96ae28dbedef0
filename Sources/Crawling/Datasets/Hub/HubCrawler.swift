public import Domain
import Foundation

/// Reads a dataset on the Hugging Face Hub through the Hub's HTTP interface: its files in JSON Lines, CSV or JSON, or, if
/// it has none, its rows as the Hub's viewer gives them.
///
/// It asks for the commit first, and does nothing more if all of that was read before; then for the files, each only if
/// it has changed.
public struct HubCrawler: Crawler {
  private let hub: HubInterface

  /// Makes the crawler.
  public init() {
    self.init(hub: HubInterface())
  }

  package init(hub: HubInterface) {
    self.hub = hub
  }

  /// Which columns hold what, and which rows are wanted.
  public var options: [SourceOption] { DatasetColumns.options }

  /// Reads the dataset.
  ///
  /// - Throws: ``CrawlError`` if the source names none, or nobody knows which column holds the text; what memory and sink
  ///   throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let dataset = try HubDataset(source)
    let digest = source.digest(producers: [Producer.dataset])
    let files = HubFiles(dataset: dataset, hub: hub, source: source, context: context, sink: sink)
    guard let description = try await files.description() else { return .partial }
    let state = try await context.memory.sourceState()
    let isTrusted = state?.isComplete == true && state?.digest == digest
    if isTrusted, state?.version == description.commit { return .unchanged }
    let record = CrawlRecord(
      source: source.redactedLocation, url: "https://huggingface.co/datasets/\(dataset.name)",
      fetchedAt: context.date, producer: Producer.dataset)
    var reader = DatasetReader(
      columns: try DatasetColumns(source), source: source, author: author, sink: sink,
      limits: context.limits.dataset, platform: "huggingface", record: record)
    let wanted = description.files.filter(dataset.wants)
    if wanted.isEmpty {
      try await HubViewer(dataset: dataset, hub: hub, source: source, context: context, sink: sink).read(by: &reader)
    } else {
      for file in wanted { try await files.read(file, by: &reader, isTrusted: isTrusted) }
    }
    try await reader.finish()
    try await context.memory.remember(
      SourceState(version: description.commit, digest: digest, isComplete: !reader.hasFailed))
    return reader.coverage
  }
}
