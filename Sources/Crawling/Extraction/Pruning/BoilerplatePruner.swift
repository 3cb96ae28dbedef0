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
          if tag == .form { prune(around: index, total, &remaining, &dropped) }
          index = Int(tree.nodes[index].end)
          continue
        }
      }
      index += 1
    }
  }

  /// Whether at least two headings in an element are links.
  private func leadsElsewhere(_ index: HTMLTree.Index) -> Bool {
    var headings = 0
    for inner in tree.descendants(index) where tree.tag(inner).headingLevel != nil {
      if statistics.counts[inner].linkDensity > 0.8 { headings += 1 }
      if headings > 1 { return true }
    }
    return false
  }

  /// Marks what stands around a form that asks the reader for something: its heading, what the answers are used for.
  private func prune(around form: HTMLTree.Index, _ total: Int, _ remaining: inout Int, _ dropped: inout DropMask) {
    guard asks(form) else { return }
    var around = form
    while case let parent = tree.parent(around), [.div, .section, .aside].contains(tree.tag(parent)),
      statistics.counts[parent].characters - statistics.counts[form].characters <= 500,
      statistics.mass[parent] * 8 < total, tree.first(.h1, in: parent) == nil
    {
      around = parent
    }
    guard around != form else { return }
    dropped[around] = true
    remaining -= statistics.mass[around] - statistics.mass[form]
  }

  /// Whether a form has a field to write in other than one to search by.
  private func asks(_ form: HTMLTree.Index) -> Bool {
    tree.descendants(form).contains { index in
      if tree.tag(index) == .textarea { return true }
      guard tree.tag(index) == .input else { return false }
      guard let type = tree.string(.type, of: index)?.lowercased() else { return true }
      return ["text", "email", "tel"].contains(type)
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
    if found.contains(.related), leadsElsewhere(index) { return 0.05 }
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
