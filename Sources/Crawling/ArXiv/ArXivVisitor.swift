import Domain
import Foundation
import HTTP

/// Visits the papers that a source names, the newest first.
struct ArXivVisitor: Sendable {
  let arXiv: ArXivInterface
  let selection: ArXivSelection
  let source: CrawlSource
  let author: User
  let context: CrawlContext
  let sink: any CrawlSink

  /// How many papers one answer lists.
  private static let pageSize = 100

  private var takesAbstracts: Bool { source.options["abstracts"] == ["true"] }
  private var digest: String {
    source.digest(producers: takesAbstracts ? [Producer.arXiv] : [Producer.arXiv, Producer.pdf])
  }

  /// Visits them.
  ///
  /// - Returns: ``Coverage/complete`` if the interface has listed all: then what it lists no more is gone.
  func visit() async throws -> Coverage {
    var start = 0
    let limit = context.limits.arXiv.papers
    var seen: Set<String> = []
    while start < limit {
      guard let page = try await page(from: start, count: min(Self.pageSize, limit - start)) else { return .partial }
      for entry in page.entries where seen.insert(entry.paper).inserted { try await visit(entry) }
      start += page.entries.count
      if page.entries.isEmpty || start >= page.total ?? .max { return coverage(of: start, total: page.total) }
    }
    let reason = "the query finds more than \(limit) papers"
    try await sink.take(.skipped(Skip(item: source.redactedLocation, reason: reason)))
    return .partial
  }

  /// arXiv now and then answers with an empty page where there should be papers: that all are gone is not believed.
  private func coverage(of count: Int, total: Int?) -> Coverage { count > 0 && count == total ? .complete : .partial }

  /// Asks for one page; nil if the sink was told what is wrong. Its bytes are never the same, so nothing is remembered.
  private func page(from start: Int, count: Int) async throws -> ArXivFeed? {
    var context = context
    context.memory = NoCrawlMemory()
    let web = WebFetcher(source, producers: [Producer.arXiv], context: context, sink: sink)
    let address = try arXiv.address(of: selection, start: start, count: count)
    let interface = try WebInterface(arXiv.root, delay: arXiv.delay)
    switch try await web.fetch(address, accept: "application/atom+xml", interface: interface) {
    case .page(let response, _):
      let feed: ArXivFeed
      do {
        feed = try ArXivFeed(response.body, contentType: response.headers["Content-Type"], limit: count)
      } catch {
        let message = "arXiv's answer is not read as a feed: \(error); try again later"
        return try await fail(message, attempts: response.attempts)
      }
      if let problem = feed.problem {
        return try await fail("arXiv says: \(oneLine(problem)); correct the source", attempts: response.attempts)
      }
      return feed
    case .failed(var failure):
      if failure.status == 400 { failure.failure.message = "arXiv does not understand the query; correct the source" }
      return try await fail(failure.failure.message, attempts: failure.failure.attempts)
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .unchanged, .gone: break
    }
    return nil
  }

  private func fail(_ message: String, attempts: Int) async throws -> ArXivFeed? {
    try await sink.take(
      .failed(CrawlFailure(item: source.redactedLocation, message: message, attempts: attempts)))
    return nil
  }

  // MARK: One paper

  private func visit(_ entry: ArXivEntry) async throws {
    let link = "https://arxiv.org/abs/\(entry.paper)"
    let stored = try await context.memory.document(link)
    let isStored = stored.map { $0.crawl.goneSince == nil } ?? false
    if entry.isWithdrawn {
      let why = "its author has withdrawn it"
      return try await sink.take(isStored ? .gone(link: link, why: why) : .skipped(Skip(item: link, reason: why)))
    }
    let state = try await context.memory.fetchState(of: link)
    if let state, state.digest == digest, state.failures == 0, state.entityTag == version(of: entry), isStored {
      return try await sink.take(.unchanged(link: link))
    }
    if takesAbstracts {
      guard let summary = entry.summary else {
        return try await sink.take(.skipped(Skip(item: link, reason: "no abstract")))
      }
      return try await give(document(entry, link: link, text: summary), entry)
    }
    try await read(entry, link: link, isStored: isStored)
  }

  /// What tells the versions of a paper apart.
  private func version(of entry: ArXivEntry) -> String { "\(entry.identifier) \(entry.updated ?? "")" }

  private func give(_ document: RawDocument, _ entry: ArXivEntry) async throws {
    try await sink.take(.document(document))
    try await context.memory.remember(
      FetchState(
        url: document.link, fetchedAt: context.date, entityTag: version(of: entry), digest: digest,
        links: [document.link]))
  }

  private func read(_ entry: ArXivEntry, link: String, isStored: Bool) async throws {
    let address = try arXiv.pdf(of: entry.identifier)
    let web = WebFetcher(source, producers: [Producer.arXiv, Producer.pdf], context: context, sink: sink)
    var interface = try WebInterface(arXiv.root, delay: arXiv.delay)
    interface.asksRobots = true
    let limit = context.limits.arXiv.pdfBytes
    switch try await web.fetch(address, accept: "application/pdf", limit: limit, interface: interface) {
    case .page(let response, var state):
      if state.failures > 0 {
        // That it failed before is forgotten, and nothing else is known: the paper's own state has its version.
        (state.entityTag, state.lastModified, state.bodyHash, state.use) = (nil, nil, nil, .listing)
        try await web.remember(state, links: [])
      }
      do {
        let pdf = try await context.gate.withLocalTurn {
          try await PDFText.read(
            response.body, item: address.redacted, options: PDFOptions(source), workFolder: context.workFolder,
            limits: context.limits)
        }
        guard !pdf.text.isEmpty else {
          let message = "the PDF holds no text, only pictures; `abstracts: true` takes the abstract instead"
          return try await sink.take(.failed(CrawlFailure(item: link, message: message)))
        }
        var document = document(entry, link: link, text: pdf.text)
        document.crawl?.status = response.status
        document.crawl?.bodyHash = ContentHash(of: response.body)
        try await give(document, entry)
      } catch let error as CrawlError {
        try await sink.take(.failed(CrawlFailure(item: link, message: error.description)))
      }
    case .failed(let failure): try await sink.take(.failed(failure.failure))
    case .skipped(let skip):
      try await sink.take(.skipped(skip))
      // What is stored of another version is not gone.
      if isStored { try await sink.take(.unchanged(link: link)) }
    // A PDF is not remembered by itself.
    case .unchanged, .gone: break
    }
  }

  private func document(_ entry: ArXivEntry, link: String, text: String) -> RawDocument {
    let address = (try? arXiv.pdf(of: entry.identifier))?.redacted
    let record = CrawlRecord(
      source: source.redactedLocation, requestedURL: takesAbstracts ? nil : address, url: address ?? link,
      fetchedAt: context.date, bodyHash: ContentHash(of: text), producer: Producer.arXiv)
    return RawDocument(
      category: .articles, link: link, platform: "arxiv", author: author, title: entry.title,
      subtitle: takesAbstracts ? nil : entry.summary, text: text, publishedAt: entry.published,
      tags: entry.categories, crawl: record)
  }
}
