import Foundation

/// The articles that a feed announces: RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287) or JSON Feed 1.1.
struct Feed: Sendable {
  /// In the order of the feed, which is the newest first by custom.
  private(set) var entries: [FeedEntry] = []
  /// How many more there are than are read.
  private(set) var left = 0

  /// Reads a feed.
  ///
  /// - Parameters:
  ///   - contentType: what its server says that it is, if anybody does.
  ///   - address: where it is, for the links that are relative to it.
  ///   - limit: the most entries that are read.
  /// - Throws: ``XMLProblem`` if the bytes are no feed, or one that is not to be read.
  init(_ bytes: [UInt8], contentType: String?, address: String?, limit: Int) throws(XMLProblem) {
    if let feed = JSONFeed(bytes, address: address) {
      entries = Array(feed.entries.prefix(limit))
      left = feed.entries.count - entries.count
      return
    }
    let text = try XMLText(bytes, contentType: contentType)
    guard ListKind.feedRoots.contains(text.root) else { throw .notXML }
    var (entries, left) = ([FeedEntry](), 0)
    try XMLItems.read(text, named: ["item", "entry"], base: address) { item in
      if entries.count < limit { entries.append(FeedEntry(item)) } else { left += 1 }
      return left < limit
    }
    (self.entries, self.left) = (entries, left)
  }
}
