import Domain
import Foundation

/// Visits the pages that a sitemap names, or the sitemaps that it names.
///
/// A page whose `lastmod` is what it was when it was visited is not asked for. A page that the map named before and does
/// not name any more is asked for once more, so that what is gone is known to be.
struct SitemapVisitor: Sendable {
  let visitor: PageVisitor

  private var sink: any CrawlSink { visitor.sink }
  private var limits: SitemapLimits { visitor.context.limits.sitemap }

  /// What is found in the sitemaps of a source before its pages are visited.
  private struct Reading {
    var targets: [EntryVisitor.Target] = []
    var files: Set<String> = []
    /// What is remembered once the pages are visited.
    var states: [(state: FetchState, links: [String])] = []
    var tooMany = 0
    var unwanted = 0
    var foreign = 0
  }

  /// Visits the pages of a sitemap; of one that has not changed (nil), those of its state.
  ///
  /// - Parameter address: where the sitemap is; nil for a file, of which nothing is remembered.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ sitemap: Sitemap?, _ state: FetchState?, at address: WebAddress?) async throws {
    var reading = Reading()
    if let address { reading.files.insert(address.text) }
    try await read(sitemap, state, at: address, depth: 1, into: &reading)
    let item = address?.redacted ?? "the sitemap"
    try await skip(item, "more than \(limits.pages) pages of one source", reading.tooMany)
    try await skip(item, "left out by `include` and `exclude`", reading.unwanted)
    try await skip(item, "not on the host of the sitemap that names it", reading.foreign)
    _ = try await EntryVisitor(visitor: visitor).visit(reading.targets)
    for (state, links) in reading.states { try await visitor.web.remember(state, links: links) }
  }

  private func skip(_ item: String, _ reason: String, _ count: Int) async throws {
    if count > 0 { try await sink.take(.skipped(Skip(item: item, reason: reason, count: count))) }
  }

  // MARK: One sitemap

  private func read(
    _ sitemap: Sitemap?, _ state: FetchState?, at address: WebAddress?, depth: Int, into reading: inout Reading
  ) async throws {
    let before = try await entriesBefore(state)
    let entries = sitemap?.entries ?? before.map(\.entry)
    if sitemap?.isCutOff == true { reading.tooMany += 1 }
    let settled = before.filter(\.isSettled).map { ($0.entry.link, $0.entry.lastModified) }
    let dates = Dictionary(settled) { first, _ in first }
    var links: [String] = []
    for entry in entries {
      guard let target = wanted(entry, of: address, &reading) else { continue }
      if entry.isSitemap {
        links.append(target.redacted + Self.sitemapMark)
        try await readSitemap(at: target, depth: depth + 1, into: &reading)
        continue
      }
      links.append(target.redacted + mark(entry))
      let isSpared = entry.lastModified != nil && dates[target.redacted] == entry.lastModified
      add(EntryVisitor.Target(address: target, isSpared: isSpared), to: &reading)
    }
    guard var state else { return }
    if sitemap != nil {
      let named = Set(entries.map(\.link))
      for known in before where !known.entry.isSitemap && !named.contains(known.entry.link) {
        if let target = try? WebAddress(known.entry.link) { add(EntryVisitor.Target(address: target), to: &reading) }
      }
    }
    state.use = .sitemap
    let size = links.reduce(0) { $0 + $1.utf8.count }
    if size > Self.mostRemembered || links.contains(where: { $0.contains("=***") }) {
      // Too much to be kept, or something that must not be: the sitemap is read again.
      (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
      if size > Self.mostRemembered { links = [] }
    }
    reading.states.append((state, links))
  }

  /// The most bytes of addresses that are remembered of a sitemap. Databases have limits of their own.
  private static let mostRemembered = 8 << 20

  private func add(_ target: EntryVisitor.Target, to reading: inout Reading) {
    guard reading.targets.count < limits.pages else { return reading.tooMany += 1 }
    reading.targets.append(target)
  }

  /// The address of an entry that is to be visited. A sitemap speaks for its own host only.
  private func wanted(_ entry: Sitemap.Entry, of sitemap: WebAddress?, _ reading: inout Reading) -> WebAddress? {
    guard let address = try? WebAddress(entry.link), !address.isLinkedIn,
      sitemap.map({ $0.site == address.site }) ?? true
    else {
      reading.foreign += 1
      return nil
    }
    guard entry.isSitemap || visitor.options.isWanted(address) else {
      reading.unwanted += 1
      return nil
    }
    return address
  }

  private func readSitemap(at address: WebAddress, depth: Int, into reading: inout Reading) async throws {
    guard depth <= limits.depth, reading.files.count < limits.files else {
      return try await skip(address.redacted, "a sitemap in too many others, or one of too many", 1)
    }
    guard reading.files.insert(address.text).inserted else { return }
    let fetched = try await visitor.fetch(address)
    switch try await visitor.report(fetched, at: address) {
    case .sitemap(let sitemap, let state, _):
      try await read(sitemap, state, at: address, depth: depth, into: &reading)
    case .feed(let feed, var state, _):
      // RSS and Atom may stand in the place of a sitemap.
      guard let feed else {
        for link in state.links {
          if let page = try? WebAddress(link) { add(EntryVisitor.Target(address: page), to: &reading) }
        }
        return
      }
      let targets = try await FeedVisitor(visitor: visitor).targets(of: feed, at: address)
      for target in targets { add(target, to: &reading) }
      state.use = .feed
      reading.states.append((state, targets.map(\.address.redacted)))
    case .home, nil: break
    }
  }

  // MARK: What is remembered

  private static let sitemapMark = "#sitemap"
  private static let unsettledMark = "~"

  /// What stands behind an address in a state: when it was modified last, so that it need not be asked for while the
  /// sitemap says the same. On the day itself it may be modified again, which is marked.
  private func mark(_ entry: Sitemap.Entry) -> String {
    guard let text = entry.lastModified, let date = FeedDate.date(text) else { return "" }
    let isDay = text.utf8.count <= 10
    let isSettled = date + (isDay ? 86_400 : 0) <= visitor.context.date
    return "#" + (isSettled ? "" : Self.unsettledMark) + text
  }

  /// The entries that a sitemap had when it was read last, and whether their pages were visited after they were modified.
  private func entriesBefore(
    _ state: FetchState?
  ) async throws -> [(entry: Sitemap.Entry, isSettled: Bool)] {
    guard let state, let known = try await visitor.context.memory.fetchState(of: state.url), known.use == .sitemap,
      known.digest == state.digest
    else { return [] }
    return known.links.map { link in
      let address = link.prefix { $0 != "#" }
      let mark = link[address.endIndex...]
      let isSitemap = mark == Self.sitemapMark
      let isSettled = !mark.dropFirst().hasPrefix(Self.unsettledMark)
      let date = mark.dropFirst(isSettled ? 1 : 2)
      let entry = Sitemap.Entry(
        link: String(address), lastModified: isSitemap || date.isEmpty ? nil : String(date), isSitemap: isSitemap)
      return (entry, isSettled)
    }
  }
}
