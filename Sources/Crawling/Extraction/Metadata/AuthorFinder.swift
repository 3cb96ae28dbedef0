/// Finds who wrote a page.
struct AuthorFinder {
  let tree: HTMLTree
  let head: PageHead
  let content: ContentFinder.Content
  let siteName: String?

  /// The names from the surest place that has any.
  func find() -> [String] {
    let structured = head.articles.lazy.map { names(in: $0["author"] ?? $0["creator"] ?? .null) }.first { !$0.isEmpty }
    if let structured { return structured }
    for name in [
      "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "citation_author",
      "parsely-author",
      "sailthru.author", "article:author_name", "byl", "dc.contributor", "twitter:data1", "authors",
      "shareaholic:article_author_name",
    ] where name != "twitter:data1" || labelsAuthor(head.first("twitter:label1")) {
      let found = clean(head.all(name))
      if !found.isEmpty { return found }
    }
    let shown = clean(visible())
    if !shown.isEmpty { return shown }
    // A page that is no article in its own words may name its author beside it.
    let others = head.objects.lazy.map { names(in: $0["author"] ?? .null) }.first { !$0.isEmpty }
    return others ?? clean(bylines())
  }

  private func labelsAuthor(_ label: String?) -> Bool {
    guard let label = label?.lowercased() else { return false }
    return ["by", "von", "par", "por", "da", "door", "author", "autor", "auteur"].contains { word in
      label.split(separator: " ").contains { $0 == word }
    }
  }

  private func names(in value: JSONValue) -> [String] {
    clean(
      value.items.prefix(40).flatMap { author in
        let author = head.resolved(author)
        return author["name"]?.items.compactMap(\.text) ?? author.text.map { [$0] } ?? []
      })
  }

  private func clean(_ found: [String]) -> [String] {
    var seen: Set<String> = []
    return found.flatMap(AuthorName.split)
      .filter { $0.lowercased() != siteName?.lowercased() && seen.insert($0.lowercased()).inserted }
      .prefix(12).map { $0 }
  }

  /// The text of the surest elements that name an author near the content.
  private func visible() -> [String] {
    var ranked: [[HTMLTree.Index]] = [[], [], [], []]
    for index in 1..<max(tree.nodes.count, 1) where tree.nodes[index].count > 0 && tree.tag(index) != .text {
      guard let rank = rank(index) else { continue }
      ranked[rank].append(index)
    }
    for rank in ranked {
      let names = rank.prefix(4).compactMap { index -> String? in
        let text = tree.lineText(index)
        return text.utf8.count > 1 && text.utf8.count < 80 ? text : nil
      }
      if let first = names.first(where: { !AuthorName.split($0).isEmpty }) { return [first] }
    }
    return []
  }

  private func rank(_ index: HTMLTree.Index) -> Int? {
    guard let rank = bareRank(index), !isAside(index) else { return nil }
    return rank
  }

  private func bareRank(_ index: HTMLTree.Index) -> Int? {
    if let property = tree.value(.itemprop, of: index) {
      if property.elementsEqual("author".utf8) || property.elementsEqual("name".utf8) && isInAuthor(index) { return 0 }
    }
    if let relation = tree.value(.rel, of: index), relation.count >= 6,
      relation.map(ASCII.lowercased).split(whereSeparator: ASCII.isSpace).contains(where: {
        $0.elementsEqual("author".utf8)
      })
    {
      return 0
    }
    if tree.hasClass(index, in: Self.names) { return 1 }
    if content.hints[index].contains(.byline), tree.nodes[index].end - Int32(index) < 16 { return 2 }
    return tree.tag(index) == .a && leadsToPerson(index) ? 3 : nil
  }

  private static let names: NameSet = [
    "p-author", "fn", "author-name", "authorname", "author__name", "byline-name", "byline-author", "article-author",
    "post-author", "entry-author",
  ]

  private func isInAuthor(_ index: HTMLTree.Index) -> Bool {
    tree.string(.itemprop, of: tree.parent(index))?.lowercased() == "author"
  }

  /// Whether a link leads to the page of somebody who writes for the site and its text looks like a name.
  private func leadsToPerson(_ index: HTMLTree.Index) -> Bool {
    guard tree.nodes[index].end - Int32(index) < 6, let target = tree.value(.href, of: index), target.count < 300,
      Self.hasFolderOfPeople(target)
    else { return false }
    let words = tree.lineText(index).split(separator: " ")
    return (2...4).contains(words.count) && words.allSatisfy { $0.first?.isUppercase == true }
  }

  private static func hasFolderOfPeople(_ address: ArraySlice<UInt8>) -> Bool {
    var start = address.startIndex
    for index in address.indices where address[index] == UInt8(ascii: "/") {
      if index > start, people.contains(address[start..<index]) { return true }
      start = index + 1
    }
    return false
  }

  /// Folders of addresses under which sites list their writers.
  private static let people: NameSet = [
    "author", "authors", "autor", "autoren", "auteur", "auteurs", "autore", "autori", "autores", "redakteur",
    "redaktion",
    "staff", "newsteam", "people", "contributor", "contributors", "journalist", "journalists", "writer", "writers",
    "reporter", "reporters", "profil", "profile", "profiles", "byline", "columnist", "equipe", "team",
  ]

  /// Short lines near the text that begin as bylines do.
  private func bylines() -> [String] {
    guard let root = content.roots.last else { return [] }
    let end = Int(tree.nodes[root].end)
    for range in [max(1, root - 200)..<min(root + 200, end), max(root, end - 200)..<min(end + 60, tree.nodes.count)] {
      for index in range where tree.tag(index).isBlock && Int(tree.nodes[index].end) - index < 16 {
        guard (4...90).contains(content.statistics.counts[index].characters) || index < root || index >= end else {
          continue
        }
        guard let first = tree.firstByte(in: index), AuthorName.mayBeginByline(first) else { continue }
        let text = tree.lineText(index)
        if text.utf8.count <= 90, AuthorName.isByline(text), Self.readsAsName(AuthorName.split(text)) { return [text] }
      }
    }
    return []
  }

  /// Whether what follows a "by" is two to four words with capitals rather than any other thing.
  private static func readsAsName(_ names: [String]) -> Bool {
    guard let first = names.first else { return false }
    let words = first.split(separator: " ")
    return (2...4).contains(words.count) && words.allSatisfy { $0.first.map { $0.isUppercase || !$0.isCased } == true }
  }

  /// Inside comments, navigation and the like.
  private func isAside(_ index: HTMLTree.Index) -> Bool {
    var current = index
    // An element around the content is beside nothing.
    while current > 0, !content.roots.contains(where: { tree.contains(current, $0) }) {
      if !content.hints[current].isDisjoint(with: [.comments, .related, .sidebar]) {
        return true
      }
      if tree.tag(current) == .footer, !tree.hasAncestor(current, where: { $0 == .article }) { return true }
      current = tree.parent(current)
    }
    return false
  }
}
