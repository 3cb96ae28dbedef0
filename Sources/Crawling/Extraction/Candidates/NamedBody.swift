/// Finds the element that a page itself names as the place of its text, by microdata, class, element or role; surer
/// names first, after trafilatura's idea of tiers.
struct NamedBody {
  private let tree: HTMLTree
  private let hints: [Hints]
  /// The elements that are named so, in document order.
  private let candidates: [(index: HTMLTree.Index, tier: Tier)]

  /// How sure a name is, surest first.
  enum Tier: Int, CaseIterable { case body, article, container }

  /// Looks for the names once; which of them holds the text is asked more than once.
  init(_ tree: HTMLTree, hints: [Hints]) {
    self.tree = tree
    self.hints = hints
    candidates = tree.nodes.indices.dropFirst().compactMap { index in
      Self.tier(tree, index, hints).map { (index, $0) }
    }
  }

  /// The best element of each tier that has one.
  func best(_ statistics: PageStatistics, _ dropped: DropMask) -> [(tier: Tier, index: HTMLTree.Index)] {
    var best: [Tier: HTMLTree.Index] = [:]
    for (index, tier) in candidates where statistics.mass[index] > 0 && !dropped.covers(index, in: tree) {
      let rival = best[tier].map { statistics.mass[$0] } ?? 0
      if statistics.mass[index] > rival { best[tier] = index }
    }
    return Tier.allCases.compactMap { tier in best[tier].map { (tier, $0) } }
  }

  /// The one element that is named as the body of a text, if there is no other with running text outside of it and the
  /// name is not one that many elements bear.
  func only(_ statistics: PageStatistics, _ dropped: DropMask) -> HTMLTree.Index? {
    var found: HTMLTree.Index?
    for (index, tier) in candidates
    where tier == .body && statistics.mass[index] > 0 && !dropped.covers(index, in: tree) {
      guard let outer = found else {
        if hints[index].contains(.namedText) { return nil }
        found = index
        continue
      }
      if !tree.contains(outer, index) { return nil }
    }
    return found
  }

  /// The element that a page surely means as its text: it has a good piece of it and does not stand among what is
  /// beside the text.
  func anchor(_ statistics: PageStatistics, _ dropped: DropMask, hints: [Hints]) -> HTMLTree.Index? {
    best(statistics, dropped).map(\.index).first { index in
      guard statistics.mass[index] >= 250 else { return false }
      var current = index
      while current > 0 {
        if !hints[current].isDisjoint(with: [.comments, .related, .sidebar, .footer, .navigation]) { return false }
        if [.aside, .footer, .nav].contains(tree.tag(current)) { return false }
        current = tree.parent(current)
      }
      return true
    }
  }

  private static func tier(_ tree: HTMLTree, _ index: HTMLTree.Index, _ hints: [Hints]) -> Tier? {
    let tag = tree.tag(index)
    guard tag.isBlock, tag != .body, tag != .html else { return nil }
    let hasAttributes = tree.nodes[index].count > 0
    if hasAttributes {
      if let property = tree.string(.itemprop, of: index)?.lowercased(),
        property.contains("articlebody") || property == "text" || property == "reviewbody"
      {
        return .body
      }
      if let field = tree.value(.dataField, of: index), field.elementsEqual("body".utf8) { return .body }
      if !hints[index].isDisjoint(with: [.namedBody, .namedText]) { return .body }
    }
    if tag == .article { return .article }
    if tag == .main { return .container }
    guard hasAttributes else { return nil }
    if let role = tree.value(.role, of: index) {
      if role.elementsEqual("article".utf8) { return .article }
      if role.elementsEqual("main".utf8) { return .container }
    }
    return hints[index].contains(.namedContainer) ? .container : nil
  }
}
