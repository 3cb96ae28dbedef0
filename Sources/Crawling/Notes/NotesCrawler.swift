public import Domain
import Foundation

/// Reads a folder of notes, one document per file, or one note: Markdown, HTML, text, and PDF where poppler's
/// `pdftotext` is installed.
///
/// A saved web page gets the link that the page calls canonical, everything else its `file:` URL.
public struct NotesCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// What is kept of a PDF.
  public var options: [SourceOption] { PDFOptions.options }

  /// Reads the notes; hidden files are left out, symbolic links below the folder are not followed.
  ///
  /// - Throws: ``CrawlError`` if the path cannot be read at all, what the sink throws, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    guard case .path(let named) = try SourceLocation(source.location) else {
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "the notes crawler reads paths, not URLs")
    }
    let path = URL(fileURLWithPath: named).standardizedFileURL.path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CrawlError.notFound(path: path)
    }
    let reader = NoteReader(pages: pages, author: author, source: source, context: context)
    try await context.gate.withLocalTurn {
      if isFolder.boolValue {
        try await crawlFolder(path, with: reader, limits: context.limits, into: sink)
      } else {
        try await crawlFile(path, with: reader, limits: context.limits, into: sink)
      }
    }
    return .complete
  }

  private func crawlFile(
    _ path: String, with reader: NoteReader, limits: CrawlLimits, into sink: any CrawlSink
  ) async throws {
    guard let format = NoteFormat(suffix: fileSuffix(path)) else {
      throw CrawlError.unsupportedSource(source: path, reason: "only .md, .txt, .html and .pdf files are read as notes")
    }
    let bytes: [UInt8]
    do {
      bytes = try await offPool { try readNamedFile(path, limit: limits.notes.fileBytes) }
    } catch SafeFileError.unreadable(let reason) {
      throw CrawlError.cannotRead(path: path, reason: reason)
    } catch SafeFileError.tooLarge {
      throw CrawlError.tooLarge(source: path, what: "the file", limit: "\(limits.notes.fileBytes) bytes")
    }
    let result = try await reader.read(bytes, format: format, file: path, path: nil)
    try await sink.take(result.event(skipping: path, failing: path))
  }

  private func crawlFolder(
    _ root: String, with reader: NoteReader, limits: CrawlLimits, into sink: any CrawlSink
  ) async throws {
    let listing = try await offPool { try FolderListing(of: root, limits: limits) }
    for skip in listing.skipped { try await sink.take(.skipped(skip)) }
    for (path, reason) in listing.unreadable { try await sink.take(unreadable(path, below: root, reason)) }
    var room = limits.notes.folderBytes
    for path in listing.files {
      guard let format = NoteFormat(suffix: fileSuffix(path)) else {
        try await sink.take(.skipped(Skip(item: path, reason: "neither Markdown, HTML, text nor PDF")))
        continue
      }
      let bytes: [UInt8]
      do {
        let limit = min(limits.notes.fileBytes, room)
        bytes = try await offPool { try readFile(path, below: root, limit: limit) }
      } catch SafeFileError.tooLarge {
        let limit = "\(limits.notes.fileBytes) bytes, or all notes than \(limits.notes.folderBytes)"
        try await sink.take(.skipped(Skip(item: path, reason: "larger than \(limit)")))
        continue
      } catch SafeFileError.unreadable(let reason) {
        try await sink.take(unreadable(path, below: root, reason))
        continue
      }
      room -= bytes.count
      let file = "\(root)/\(path)"
      let result = try await reader.read(bytes, format: format, file: file, path: path)
      try await sink.take(result.event(skipping: path, failing: file))
    }
  }

  private func unreadable(_ path: String, below root: String, _ reason: String) -> CrawlEvent {
    .failed(CrawlFailure(item: "\(root)/\(path)", message: "cannot read \(path): \(reason)"))
  }
}
