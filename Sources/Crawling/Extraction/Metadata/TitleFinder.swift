/// Finds the headline of a page.
struct TitleFinder {
  let tree: HTMLTree
  let head: PageHead
  let content: ContentFinder.Content
  let siteName: String?
  /// The texts of the main headings.
  private let headings: [String]

  init(tree: HTMLTree, head: PageHead, content: ContentFinder.Content, siteName: String?) {
    self.tree = tree
    self.head = head
    self.content = content
    self.siteName = siteName
    headings = tree.nodes.indices.filter { tree.tag($0) == .h1 }.prefix(8).map { tree.lineText($0) }
      .filter { !$0.isEmpty }
  }

  /// The headline that the page declares, else its `title` without the site's name, else its first heading.
  func find() -> String? {
    let declared =
      head.articles.lazy.compactMap { $0["headline"]?.text }.first
      ?? head.first(
        "og:title", "dc.title", "citation_title", "parsely-title", "sailthru.title", "twitter:title", "dcterms.title")
    if let declared, let shown = headline(like: declared) { return shown }
    if let declared, !isSite(declared) { return withoutSite(declared) }
    // A page with one main heading says there what it is about, more plainly than in its title.
    if headings.count == 1, !isSite(headings[0]), headings[0].utf8.count > 8 { return headings[0] }
    if let title = head.title, !isSite(title) { return withoutSite(title) }
    return headings.first ?? head.title
  }

  /// The one main heading that the page shows, if it speaks of the same thing as the declared title: that is often made
  /// for search engines and shares. One that only adds to the declared title, such as a kicker, is not taken.
  private func headline(like declared: String) -> String? {
    let headings = headings.filter { $0.utf8.count > 8 && !isSite($0) }
    guard headings.count == 1, let heading = headings.first, heading.utf8.count < 250,
      !Self.words(heading).isDisjoint(with: Self.words(declared))
    else { return nil }
    let known = Self.key(withoutSite(declared))
    let key = Self.key(heading)
    return known.utf8.count > 8 && key != known && key.contains(known) ? nil : heading
  }

  /// The words that are long enough to mean something, in lower case; characters of scripts without spaces are words.
  private static func words(_ text: String) -> Set<String> {
    var words: Set<String> = []
    for part in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if part.utf8.allSatisfy({ $0 < 0xE3 }) {
        if part.utf8.count > 3 { words.insert(String(part)) }
      } else {
        for character in part { words.insert(String(character)) }
      }
    }
    return words
  }

  /// Letters and digits alone, in lower case.
  private static func key(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.lowercased().filter { $0.isLetter || $0.isNumber } }
    return String(decoding: text.utf8.lazy.filter(ASCII.isAlphanumeric).map(ASCII.lowercased), as: UTF8.self)
  }

  private func isSite(_ text: String) -> Bool { text.lowercased() == siteName?.lowercased() }

  private static let separators: [StaticString] = [
    " | ", " \u{2013} ", " \u{2014} ", " - ", " \u{00BB} ", " \u{00AB} ", " \u{00B7} ", " :: ", " \u{2022} ", " / ",
    " < ", " > ", ": ",
  ]

  /// Without the site's name at either end: a heading of the page shows which part is the headline, else the site's
  /// name, else the longer part if it is much longer.
  private func withoutSite(_ title: String) -> String {
    if headings.contains(where: { Self.isSame($0, title) }) { return title }
    let bytes = Array(title.utf8)
    for separator in Self.separators where ASCII.find(separator, in: bytes, from: 0) != nil {
      let separator = separator.description
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

  private static func isSame(_ left: String, _ right: String) -> Bool { key(left) == key(right) }
}
