/// The feeds that a page declares (`link rel=alternate`), by which a home page leads to its articles.
enum FeedLinks {
  /// Their addresses, absolute, in the order of the page; feeds of comments come last.
  static func find(in html: [UInt8], contentType: String?, url: String) -> [String] {
    let tree = HTMLParser.parse(
      PageDecoder.decode(html, contentType: contentType), limits: ExtractionLimits(nodes: 20_000))
    var base: String?
    var found: [(link: String, isOfComments: Bool)] = []
    for index in tree.nodes.indices {
      switch tree.tag(index) {
      case .base: base = base ?? tree.string(.href, of: index)
      case .link:
        let relations = (tree.string(.rel, of: index) ?? "").lowercased().split(separator: " ")
        guard relations.contains("alternate"), let type = tree.string(.type, of: index)?.lowercased(),
          types.contains(type), let target = tree.string(.href, of: index),
          let link = absoluteLink(target, base: absoluteLink(base ?? url, base: url))
        else { continue }
        let words = (link + " " + (tree.string(.title, of: index) ?? "")).lowercased()
        found.append((link, words.contains("comment")))
      default: continue
      }
    }
    return found.filter { !$0.isOfComments }.map(\.link) + found.filter(\.isOfComments).map(\.link)
  }

  private static let types: Set<String> = [
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
  ]
}
