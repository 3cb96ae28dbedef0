/// Finds the headline of a page.
struct TitleFinder {
  let tree: HTMLTree
  let head: PageHead
  let content: ContentFinder.Content
  let siteName: String?

  /// The headline that the page declares, else its `title` without the site's name, else its first heading.
  func find() -> String? {
    let declared =
      head.articles.lazy.compactMap { $0["headline"]?.text }.first
      ?? head.first(
        "og:title", "dc.title", "citation_title", "parsely-title", "sailthru.title", "twitter:title", "dcterms.title")
    if let declared, !isSite(declared) { return withoutSite(declared) }
    // A page with one main heading says there what it is about, more plainly than in its title.
    let headings = headings()
    if headings.count == 1, !isSite(headings[0]), headings[0].utf8.count > 8 { return headings[0] }
    if let title = head.title, !isSite(title) { return withoutSite(title) }
    return headings.first ?? head.title
  }

  private func isSite(_ text: String) -> Bool { text.lowercased() == siteName?.lowercased() }

  private func headings() -> [String] {
    tree.nodes.indices.filter { tree.tag($0) == .h1 }.prefix(8).map { tree.lineText($0) }.filter { !$0.isEmpty }
  }

  private static let separators = [
    " | ", " \u{2013} ", " \u{2014} ", " - ", " \u{00BB} ", " \u{00AB} ", " \u{00B7} ", " :: ", " \u{2022} ", " / ",
    " < ", " > ", ": ",
  ]

  /// Without the site's name at either end: a heading of the page shows which part is the headline, else the site's
  /// name, else the longer part if it is much longer.
  private func withoutSite(_ title: String) -> String {
    let headings = headings()
    if headings.contains(where: { Self.isSame($0, title) }) { return title }
    for separator in Self.separators {
      let ranges = title.ranges(of: separator)
      guard let first = ranges.first, let last = ranges.last else { continue }
      let head = String(title[..<last.lowerBound])
      let tail = String(title[last.upperBound...])
      for part in [head, String(title[first.upperBound...]), String(title[..<first.lowerBound])]
      where headings.contains(where: { Self.isSame($0, part) }) { return part }
      if separator == ": " { continue }
      if let siteName, Self.isSame(tail, siteName) { return head }
      if let siteName, Self.isSame(String(title[..<first.lowerBound]), siteName) {
        return String(title[first.upperBound...])
      }
      if separator != " / ", head.utf8.count > 2 * tail.utf8.count || tail.split(separator: " ").count <= 3,
        head.split(separator: " ").count >= 3
      {
        return head
      }
    }
    return title
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.lowercased().filter { $0.isLetter || $0.isNumber } == right.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
