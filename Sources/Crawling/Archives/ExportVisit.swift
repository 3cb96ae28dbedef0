import Domain
import Foundation

/// One crawl of a data export, a zip or a folder: what the crawlers of all exports have in common.
///
/// An export whose bytes are those that were read completely is not read again: a zip costs one hash.
struct ExportVisit: Sendable {
  let source: CrawlSource
  let context: CrawlContext
  let sink: any CrawlSink
  /// Where it is, absolute.
  let path: String

  /// Takes a source that names an export.
  ///
  /// - Parameter what: what the export is, for the message about a source that is no path.
  /// - Throws: ``CrawlError``.
  init(_ source: CrawlSource, called what: String, context: CrawlContext, sink: any CrawlSink) throws(CrawlError) {
    guard case .path(let named) = try SourceLocation(source.location) else {
      throw .unsupportedSource(source: source.redactedLocation, reason: "\(what) is named by its path")
    }
    self.source = source
    self.context = context
    self.sink = sink
    path = URL(fileURLWithPath: named).standardizedFileURL.path
  }

  /// Reads the files that a reader wants, and gives the sink what it makes of them, page by page.
  ///
  /// - Parameter producers: the names and versions of what makes the documents.
  /// - Throws: ``CrawlError``, what memory and sink throw, or `CancellationError`.
  func crawl(producers: [String], by reader: inout some ExportReader) async throws -> Coverage {
    let digest = source.digest(producers: producers)
    let state = try await context.memory.sourceState()
    let known = state.flatMap { $0.isComplete && $0.digest == digest ? $0.version : nil }
    let files = try await context.gate.withLocalTurn { [reader] in
      try await offPool { [path, limits = context.limits] in
        try ExportFiles.read(
          at: path, limits: limits, unless: known, keeping: reader.isTable, pages: reader.isPage)
      }
    }
    guard let files else { return .unchanged }
    let begun = try reader.begin(files)
    var isComplete = try await take(refusals(of: files) + begun)
    var pages = ExportPages(of: files, at: path, limits: context.limits)
    while !pages.isEmpty {
      let (batch, left) = try await context.gate.withLocalTurn { [pages] in
        try await offPool {
          var pages = pages
          return (try pages.next(), pages)
        }
      }
      pages = left
      isComplete = try await take(refusals(of: batch)) && isComplete
      for (name, bytes) in batch.contents {
        isComplete = try await take([reader.read(name, bytes)].compactMap(\.self)) && isComplete
      }
    }
    isComplete = try await take(reader.end()) && isComplete
    try await context.memory.remember(
      SourceState(version: files.version, digest: digest, isComplete: isComplete))
    return .complete
  }

  /// Hands events over.
  ///
  /// - Returns: whether none of them is a failure.
  private func take(_ events: [CrawlEvent]) async throws -> Bool {
    var isComplete = true
    for event in events {
      if case .failed = event { isComplete = false }
      try await sink.take(event)
    }
    return isComplete
  }

  private func refusals(of files: ExportFiles) -> [CrawlEvent] {
    files.refused.map { item, reason in
      .failed(CrawlFailure(item: "\(path)/\(oneLine(item))", message: "an entry was not read: \(reason)"))
    }
  }

  /// The record of a document of the export.
  ///
  /// - Parameter bytes: the file that it was made of.
  func record(_ producer: String, of bytes: [UInt8]? = nil) -> CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, url: "file://" + percentEncodedPath(path), fetchedAt: context.date,
      bodyHash: bytes.map { ContentHash(of: $0) }, producer: producer)
  }

  /// Whether the source sets a flag.
  func isOn(_ option: String) -> Bool { source.options[option]?.first == "true" }
}
