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

  /// Reads the notes; hidden files are left out, symbolic links below the folder are not followed.
  ///
  /// - Throws: ``CrawlError`` if the path cannot be read at all, or `CancellationError`.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
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
    return isFolder.boolValue
      ? try await crawlFolder(path, with: reader, limits: context.limits)
      : try await crawlFile(path, with: reader, limits: context.limits)
  }

  private func crawlFile(_ path: String, with reader: NoteReader, limits: CrawlLimits) async throws -> CrawlOutcome {
    guard let format = NoteFormat(suffix: fileSuffix(path)) else {
      throw CrawlError.unsupportedSource(source: path, reason: "only .md, .txt, .html and .pdf files are read as notes")
    }
    let bytes: [UInt8]
    do {
      bytes = try await offPool { try readNamedFile(path, limit: limits.noteBytes) }
    } catch SafeFileError.unreadable(let reason) {
      throw CrawlError.cannotRead(path: path, reason: reason)
    } catch SafeFileError.tooLarge {
      throw CrawlError.tooLarge(source: path, what: "the file", limit: "\(limits.noteBytes) bytes")
    }
    switch try await reader.read(bytes, format: format, file: path, path: nil) {
    case .document(let document): return CrawlOutcome(documents: [document], isExhaustive: true)
    case .skip(let reason): return CrawlOutcome(skipped: [Skip(item: path, reason: reason)], isExhaustive: true)
    case .failure(let message): return CrawlOutcome(failures: [CrawlFailure(item: path, message: message)])
    }
  }

  private func crawlFolder(_ root: String, with reader: NoteReader, limits: CrawlLimits) async throws -> CrawlOutcome {
    let listing = try await offPool { try FolderListing(of: root, limits: limits) }
    var documents: [RawDocument] = []
    var skipped = listing.skipped
    var failures = listing.unreadable.map { path, reason in
      CrawlFailure(item: "\(root)/\(path)", message: "cannot read \(path): \(reason)")
    }
    var room = limits.folderBytes
    for path in listing.files {
      guard let format = NoteFormat(suffix: fileSuffix(path)) else {
        skipped.append(Skip(item: path, reason: "neither Markdown, HTML, text nor PDF"))
        continue
      }
      do {
        let limit = min(limits.noteBytes, room)
        let bytes = try await offPool { try readFile(path, below: root, limit: limit) }
        room -= bytes.count
        switch try await reader.read(bytes, format: format, file: "\(root)/\(path)", path: path) {
        case .document(let document): documents.append(document)
        case .skip(let reason): skipped.append(Skip(item: path, reason: reason))
        case .failure(let message): failures.append(CrawlFailure(item: "\(root)/\(path)", message: message))
        }
      } catch SafeFileError.tooLarge {
        let limit = "\(limits.noteBytes) bytes, or all notes than \(limits.folderBytes)"
        skipped.append(Skip(item: path, reason: "larger than \(limit)"))
      } catch SafeFileError.unreadable(let reason) {
        failures.append(CrawlFailure(item: "\(root)/\(path)", message: "cannot read \(path): \(reason)"))
      }
    }
    return CrawlOutcome(documents: documents, skipped: skipped, failures: failures, isExhaustive: true)
  }
}
