public import Domain
import Foundation
import HTTP

/// Reads a dataset, one document for each row: JSON Lines, CSV, a list in JSON, or SQuAD's form, from a file or a URL.
///
/// A row's link is that of the file with the row's identifier, or the hash of its text, behind `#`.
public struct DatasetCrawler: Crawler {
  /// Makes the crawler.
  public init() {}

  /// Which columns hold what, and which rows are wanted.
  public var options: [SourceOption] { DatasetColumns.options }

  /// Reads the dataset, unless its bytes are those of which everything was read before.
  ///
  /// - Throws: ``CrawlError`` if it is no dataset, what memory and sink throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let columns = try DatasetColumns(source)
    let read = DatasetFile(source: source, columns: columns, author: author, context: context, sink: sink)
    switch try SourceLocation(source.location) {
    case .path(let path): return try await read.local(URL(fileURLWithPath: path).standardizedFileURL.path)
    case .web(let address): return try await read.remote(address)
    case .named:
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "the dataset crawler reads files and https URLs")
    }
  }
}
