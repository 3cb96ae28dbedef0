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
    ] where name != "twitter:data1" || head.first("twitter:label1")?.lowercased().contains("by") == true {
      let found = clean(head.all(name))
      if !found.isEmpty { return found }
    }
    return clean(visible())
  }

  private func names(in value: JSONValue) -> [String] {
    clean(value.items.flatMap { author in author["name"]?.items.compactMap(\.text) ?? author.text.map { [$0] } ?? [] })
  }

  private func clean(_ found: [String]) -> [String] {
    var seen: Set<String> = []
    return found.flatMap(AuthorName.split)
      .filter { $0.lowercased() != siteName?.lowercased() && seen.insert($0.lowercased()).inserted }
      .prefix(12).map { $0 }
  }

  /// The text of the surest elements that name an author near the content.
  private func visible() -> [String] {
    var ranked: [[HTMLTree.Index]] = [[], [], []]
    for index in 1..<max(tree.nodes.count, 1) where tree.nodes[index].count > 0 && tree.tag(index) != .text {
      guard let rank = rank(index) else { continue }
      ranked[rank].append(index)
    }
    for rank in ranked {
      let names = rank.prefix(4).compactMap { index -> String? in
        let text = tree.lineText(index)
        return text.utf8.count > 1 && text.utf8.count < 80 ? text : nil
      }
      if let first = names.first, !AuthorName.split(first).isEmpty { return [first] }
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
    if let relation = tree.string(.rel, of: index), relation.lowercased().split(separator: " ").contains("author") {
      return 0
    }
    if tree.hasClass(index, in: Self.names) { return 1 }
    return content.hints[index].contains(.byline) && tree.nodes[index].end - Int32(index) < 16 ? 2 : nil
  }

  private static let names: NameSet = [
    "p-author", "fn", "author-name", "authorname", "author__name", "byline-name",
  ]

  private func isInAuthor(_ index: HTMLTree.Index) -> Bool {
    tree.string(.itemprop, of: tree.parent(index))?.lowercased() == "author"
  }

  /// Inside comments, navigation and the like.
  private func isAside(_ index: HTMLTree.Index) -> Bool {
    var current = index
    // An element around the content is beside nothing.
    while current > 0, !content.roots.contains(where: { tree.contains(current, $0) }) {
      if !content.hints[current].isDisjoint(with: [.comments, .related, .sidebar]) {
        return true
      }
      current = tree.parent(current)
    }
    return false
  }
}
