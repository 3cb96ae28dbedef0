/// Finds the element that a page itself names as the place of its text, by microdata, class, element or role; surer
/// names first, after trafilatura's idea of tiers.
struct NamedBody {
  let tree: HTMLTree
  let statistics: PageStatistics
  let dropped: DropMask

  /// How sure a name is, surest first.
  enum Tier: Int, CaseIterable { case body, article, container }

  /// The best element of each tier that has one.
  func best() -> [(tier: Tier, index: HTMLTree.Index)] {
    var best: [Tier: HTMLTree.Index] = [:]
    var index = 1
    while index < tree.nodes.count {
      if dropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      if tree.tag(index).isBlock, statistics.mass[index] > 0, let tier = tier(index) {
        let rival = best[tier].map { statistics.mass[$0] } ?? 0
        if statistics.mass[index] > rival { best[tier] = index }
      }
      index += 1
    }
    return Tier.allCases.compactMap { tier in best[tier].map { (tier, $0) } }
  }

  private func tier(_ index: HTMLTree.Index) -> Tier? {
    let tag = tree.tag(index)
    guard tag != .body, tag != .html else { return nil }
    if let property = tree.string(.itemprop, of: index)?.lowercased(),
      property.contains("articlebody") || property == "text" || property == "reviewbody"
    {
      return .body
    }
    if tree.string(.dataField, of: index) == "body" { return .body }
    if tree.isNamed(index, in: SiteRules.bodies) { return .body }
    if tag == .article { return .article }
    let role = tree.string(.role, of: index)
    if role == "article" { return .article }
    if tag == .main || role == "main" || tree.isNamed(index, in: SiteRules.containers) { return .container }
    return nil
  }
}
