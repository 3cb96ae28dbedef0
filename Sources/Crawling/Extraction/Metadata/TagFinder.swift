/// Finds the tags that a page shows as links (`rel=tag`), where it declares none.
struct TagFinder {
  let tree: HTMLTree
  let content: ContentFinder.Content

  private static let mostTags = 32

  /// The texts of the links, in the page's order.
  func find() -> [String] {
    var found: [String] = []
    for index in tree.nodes.indices where tree.tag(index) == .a && found.count < Self.mostTags {
      guard let relation = tree.string(.rel, of: index)?.lowercased(),
        relation.split(separator: " ").contains("tag"), content.hints[index].isDisjoint(with: [.related, .sidebar])
      else { continue }
      let text = tree.lineText(index)
      if (1...60).contains(text.utf8.count) { found.append(text) }
    }
    return found
  }
}
