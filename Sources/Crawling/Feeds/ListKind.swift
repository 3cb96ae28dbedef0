/// What names articles, by its own bytes: what servers say of feeds is often wrong.
enum ListKind: Sendable, Hashable {
  case feed, sitemap

  static let feedRoots: Set<String> = ["rss", "feed", "RDF"]
  static let sitemapRoots: Set<String> = ["urlset", "sitemapindex"]

  /// Nil if it is neither.
  init?(_ bytes: [UInt8], contentType: String?) {
    guard let first = bytes.first(where: { $0 != 0 && !ASCII.isSpace($0) && $0 < 0x80 }) else { return nil }
    if first == UInt8(ascii: "{") {
      guard JSONFeed.isFeed(bytes) else { return nil }
      self = .feed
      return
    }
    guard first == UInt8(ascii: "<"), let root = XMLText.rootName(of: bytes, contentType: contentType) else {
      return nil
    }
    if Self.feedRoots.contains(root) {
      self = .feed
    } else if Self.sitemapRoots.contains(root) {
      self = .sitemap
    } else {
      return nil
    }
  }
}
