/// Drops what stands around the content: navigation, sidebars, comments, share bars, subscription boxes, related posts.
/// A class name is only a hint, so an element that holds most of the page's running text stays whatever it is called.
struct BoilerplatePruner {
  let tree: HTMLTree
  let hints: [Hints]
  let statistics: PageStatistics
  /// The element that the page names as its text, if it does: what stands outside of it needs less consideration.
  let anchor: HTMLTree.Index?

  /// Marks boilerplate in the whole page.
  func prune(_ dropped: inout DropMask) {
    var remaining = statistics.mass[0]
    let total = remaining
    var index = 1
    while index < tree.nodes.count {
      if dropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      let tag = tree.tag(index)
      // Class names inside code colour it.
      if tag == .pre || tag == .code {
        index = Int(tree.nodes[index].end)
        continue
      }
      if tag != .text, tag != .html, tag != .body, var share = neededShare(index) {
        if isOutside(index) { share = min(share, 0.03) }
        let rest = remaining - statistics.mass[index]
        if statistics.mass[index] == 0 || rest >= 140 && Double(rest) >= share * Double(total) {
          dropped[index] = true
          remaining = rest
          index = Int(tree.nodes[index].end)
          continue
        }
      }
      index += 1
    }
  }

  /// Whether an element has nothing to do with the one that the page names as its text.
  private func isOutside(_ index: HTMLTree.Index) -> Bool {
    guard let anchor else { return false }
    return !tree.contains(index, anchor) && !tree.contains(anchor, index)
  }

  /// The part of the page's running text that must remain without this element for it to be dropped; nil when nothing
  /// speaks against the element.
  private func neededShare(_ index: HTMLTree.Index) -> Double? {
    let tag = tree.tag(index)
    if let role = tree.string(.role, of: index), Self.beside.contains(role.lowercased()) { return 0.3 }
    switch tag {
    case .aside, .footer, .nav: return 0.3
    case .form, .fieldset: return 0.5
    case .header where !isInArticle(index) && tree.first(.h1, in: index) == nil: return 0.5
    case .figure, .img, .figcaption, .picture, .math, .td, .th, .tr, .tbody: return nil
    default: break
    }
    let found = hints[index]
    // A teaser leads to another page; without a link it is this page's own lead.
    if found.contains(.teaser), statistics.counts[index].linkCharacters > 0 { return 0.25 }
    guard !found.isDisjoint(with: .boilerplate) else { return nil }
    if tag.headingLevel != nil && found.isDisjoint(with: [.comments, .related, .subscribe, .share]) { return nil }
    if !tag.isBlock && standsInText(index) { return nil }
    // What these words name is short by nature; a long text that bears one has it from a heading or a layout.
    if found.isDisjoint(with: [.comments, .related, .subscribe, .sidebar, .footer, .consent]),
      statistics.mass[index] > 300 || tree.first(.pre, in: index) != nil
    {
      return nil
    }
    if found.contains(.comments) { return found.contains(.content) ? 0.2 : 0.05 }
    return found.contains(.content) ? 0.6 : 0.25
  }

  private static let beside: Set<String> = [
    "navigation", "complementary", "contentinfo", "menu", "menubar", "dialog", "alert", "search", "banner", "toolbar",
    "alertdialog",
  ]

  private func isInArticle(_ index: HTMLTree.Index) -> Bool {
    tree.hasAncestor(index) { $0 == .article || $0 == .main }
  }

  /// Whether an inline element is part of a running text.
  private func standsInText(_ index: HTMLTree.Index) -> Bool {
    statistics.own[tree.block(around: tree.parent(index))].plainCharacters > 60
  }
}
