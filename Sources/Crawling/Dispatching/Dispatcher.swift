public import Domain
import Foundation

/// Chooses the crawler of a source by pattern, and runs it.
///
/// A web link goes to the first registered pattern that matches; then `github.com` and links that end in `.git` to the
/// repository crawler; everything else is an article, except LinkedIn, of which only posts and articles that it shows to
/// everybody are read, by a crawler of their own. A path is a repository, an export, a folder of notes or one note by
/// what is there. What each crawler takes stands beside it, in its route.
public struct Dispatcher: Sendable {
  private var crawlers: [CrawlerKind: any Crawler]
  private var patterns: [(pattern: LinkPattern, kind: CrawlerKind)] = []

  /// Makes a dispatcher with the crawlers that ship.
  public init() {
    crawlers = Dictionary(Route.builtIn.map { ($0.kind, $0.crawler) }) { first, _ in first }
    kinds = Route.builtIn.map(\.kind)
  }

  /// The names of all crawlers: those that ship, and those that were registered, in that order.
  public private(set) var kinds: [CrawlerKind]

  /// Adds a crawler, or replaces the one of that kind.
  ///
  /// - Parameter links: the web links that go to it. They are asked before the built-in rules, in the order of
  ///   registration; without any, only a source that names the crawler reaches it.
  public mutating func register(_ crawler: any Crawler, as kind: CrawlerKind, for links: [LinkPattern] = []) {
    if crawlers.updateValue(crawler, forKey: kind) == nil { kinds.append(kind) }
    patterns += links.map { ($0, kind) }
  }

  /// The crawler of a source.
  ///
  /// - Throws: ``CrawlError`` when the location is malformed, missing or has no crawler.
  public func kind(of source: CrawlSource) throws -> CrawlerKind {
    let location = try SourceLocation(source.location)
    if let forced = source.crawler {
      guard crawlers[forced] != nil else { throw unknownCrawler(forced) }
      return try checked(forced, for: location)
    }
    switch location {
    case .web(let address):
      if let route = patterns.first(where: { $0.pattern.matches(address) }) { return route.kind }
      guard let route = Route.builtIn.first(where: { $0.takesLink(address) }) else {
        throw CrawlError.unsupportedSource(source: address.redacted, reason: "no crawler takes such links")
      }
      return try checked(route.kind, for: location)
    case .path(let path):
      let local = try LocalPath(path)
      guard let route = Route.builtIn.first(where: { $0.takesPath(local) }) else {
        throw CrawlError.unsupportedSource(
          source: path,
          reason: """
            only .md, .txt, .html and .pdf files, feeds and sitemaps (.xml, .rss, .atom, .json), .jsonl, .csv and .json \
            datasets, .zip exports and .bundle repositories are read
            """)
      }
      return route.kind
    case .named(let scheme, _):
      guard let route = Route.builtIn.first(where: { $0.schemes.contains(scheme) }) else {
        throw CrawlError.unsupportedSource(
          source: source.redactedLocation, reason: "`\(scheme):` is not supported; give an https URL or a path")
      }
      return route.kind
    }
  }

  /// The options that a source may have: those of its crawler, or of all crawlers while nobody knows which one that is.
  public func options(of source: CrawlSource) -> [SourceOption] {
    if let kind = try? kind(of: source), let crawler = crawlers[kind] { return crawler.options }
    return kinds.flatMap { crawlers[$0]?.options ?? [] }
  }

  /// Crawls a source, adds its tags and category to every document, and gives what it finds to a sink as it comes.
  ///
  /// - Returns: how much of the source was seen; never ``Coverage/complete`` when an item failed.
  /// - Throws: ``CrawlError``, what the sink throws, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let kind = try kind(of: source)
    guard let crawler = crawlers[kind] else { throw unknownCrawler(kind) }
    let sink = SourceSink(source, into: sink)
    let coverage = try await crawler.crawl(source, author: author, context: context, into: sink)
    let hasFailed = await sink.hasFailed
    return coverage == .complete && hasFailed ? .partial : coverage
  }

  /// Crawls a source and collects what it gives.
  ///
  /// - Throws: ``CrawlError``, or `CancellationError`.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
    let sink = CollectingSink()
    let coverage = try await crawl(source, author: author, context: context, into: sink)
    return CrawlOutcome(await sink.events, coverage: coverage)
  }

  /// LinkedIn's pages go to no built-in crawler but its own, whatever the source asks for, and most of them to none.
  private func checked(_ kind: CrawlerKind, for location: SourceLocation) throws -> CrawlerKind {
    guard case .web(let address) = location, address.isLinkedIn, Route.builtIn.contains(where: { $0.kind == kind })
    else { return kind }
    guard kind == .linkedIn, LinkedInVisitor.isVisited(address) else {
      throw CrawlError.linkedInPage(link: address.redacted)
    }
    return kind
  }

  private func unknownCrawler(_ kind: CrawlerKind) -> CrawlError {
    let known = kinds.map(\.rawValue).sorted()
    return .unknownCrawler(
      name: kind.rawValue, known: known, nearest: nearestName(to: kind.rawValue, in: known))
  }
}
