import Domain
import Foundation

/// A feed, a sitemap, or an answer of Substack's interface that the user saved as a file.
///
/// Articles that the file carries are taken from it; the others are fetched.
struct SavedList: Sendable {
  let path: String
  let visitor: PageVisitor
  /// What decides what becomes of the file, beside its contents.
  let digest: String

  /// Whether a file is one by its name, and of JSON by its beginning.
  static func isList(_ path: LocalPath) -> Bool {
    switch path.suffix {
    case "xml", "rss", "atom": true
    case "gz": path.path.lowercased().hasSuffix(".xml.gz")
    case "json": isListOfJSON(path.path)
    default: false
    }
  }

  private static func isListOfJSON(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = Array((try? file.read(upToCount: 64 << 10)) ?? Data())
    return JSONFeed.isFeed(head)
      || ASCII.find("\"slug\"", in: head, from: 0) != nil && ASCII.find("\"canonical_url\"", in: head, from: 0) != nil
  }

  /// Reads the file, and visits what it names.
  ///
  /// - Throws: ``CrawlError`` if it cannot be read, or is none; what memory and sink throw, or `CancellationError`.
  func visit() async throws -> Coverage {
    let file = URL(fileURLWithPath: path).standardizedFileURL.path
    let limits = visitor.context.limits
    let bytes = try await visitor.context.gate.withLocalTurn {
      try await offPool { try contents(of: file, limits: limits) }
    }
    let state = SourceState(version: ContentHash(of: bytes).hexadecimal, digest: digest)
    guard try await visitor.context.memory.sourceState() != state else { return .unchanged }
    if try await visit(bytes, of: file) { try await visitor.context.memory.remember(state) }
    // A later file may have other articles, as a feed has.
    return .partial
  }

  private func contents(of file: String, limits: CrawlLimits) throws -> [UInt8] {
    let limit = limits.feed.fileBytes
    do {
      let bytes = try readNamedFile(file, limit: limit)
      return isGzip(bytes) ? try gunzipped(bytes, limit: limit, ratio: limits.archive.ratio) : bytes
    } catch SafeFileError.unreadable(let reason) {
      throw CrawlError.cannotRead(path: file, reason: reason)
    } catch GzipProblem.damaged {
      throw CrawlError.badArchive(path: file, reason: "it is damaged or cut off; download it again")
    } catch {
      throw CrawlError.tooLarge(source: file, what: "the file", limit: "\(limit) bytes")
    }
  }

  /// Visits what the file names.
  ///
  /// - Returns: whether all of it was in the file, so that it need not be looked at again.
  private func visit(_ bytes: [UInt8], of file: String) async throws -> Bool {
    if let post = SubstackPost(json: bytes) { return try await visit([post], of: file) }
    if let posts = SubstackPost.list(json: bytes) { return try await visit(posts, of: file) }
    do {
      switch ListKind(bytes, contentType: nil) {
      case .feed:
        let limit = visitor.context.limits.feed.entries
        let feed = try Feed(bytes, contentType: nil, address: nil, limit: limit)
        guard !feed.entries.isEmpty else { throw namesNothing(file) }
        return try await visit(feed, of: file)
      case .sitemap:
        let sitemap = try Sitemap(bytes, contentType: nil, limits: visitor.context.limits.sitemap)
        guard !sitemap.entries.isEmpty else { throw namesNothing(file) }
        try await SitemapVisitor(visitor: visitor).visit(sitemap, nil, at: nil)
        return false
      case nil:
        _ = try XMLText(bytes, contentType: nil)
        throw CrawlError.unsupportedSource(source: file, reason: "it is neither a feed nor a sitemap")
      }
    } catch let problem as XMLProblem {
      throw CrawlError.unsupportedSource(source: file, reason: "it is no feed or sitemap that is read: \(problem)")
    }
  }

  private func namesNothing(_ file: String) -> CrawlError {
    .unsupportedSource(source: file, reason: "it names no articles; save it again")
  }

  private func visit(_ feed: Feed, of file: String) async throws -> Bool {
    var others: [EntryVisitor.Target] = []
    for target in try await FeedVisitor(visitor: visitor).targets(of: feed, at: nil) {
      guard let entry = target.entry, let html = entry.article,
        let document = FeedArticle(entry: entry, html: html, address: target.address, file: link(of: file)).document(
          visitor.pages, author: visitor.author, source: visitor.source, date: visitor.context.date)
      else {
        others.append(target)
        continue
      }
      try await visitor.sink.take(.document(document))
    }
    _ = try await EntryVisitor(visitor: visitor).visit(others)
    return others.isEmpty
  }

  private func visit(_ posts: [SubstackPost], of file: String) async throws -> Bool {
    var others: [EntryVisitor.Target] = []
    let record = CrawlRecord(
      source: visitor.source.redactedLocation, url: link(of: file), fetchedAt: visitor.context.date,
      producer: Producer.substack)
    for post in posts {
      if post.html == nil, let address = post.address {
        others.append(EntryVisitor.Target(address: address))
        continue
      }
      let item = post.slug ?? file
      switch post.result(at: nil, pages: visitor.pages, author: visitor.author, record: record) {
      case .document(let document): try await visitor.sink.take(.document(document))
      case .skip(let reason): try await visitor.sink.take(.skipped(Skip(item: item, reason: reason)))
      case .failure(let message): try await visitor.sink.take(.failed(CrawlFailure(item: item, message: message)))
      case .feed, .sitemap, .home: break
      }
    }
    _ = try await EntryVisitor(visitor: visitor).visit(others)
    return others.isEmpty
  }

  private func link(of file: String) -> String { "file://" + percentEncodedPath(file) }
}
