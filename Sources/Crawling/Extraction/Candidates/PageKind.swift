/// Decides what sort of page this is.
enum PageKind {
  /// By what was found and what the page says of itself.
  static func of(
    _ tree: HTMLTree, blocks: [Block], head: PageHead, metadata: PageMetadata, content: ContentFinder.Content
  ) -> ExtractedPage.Kind {
    let statistics = content.statistics
    let running = content.roots.reduce(0) { $0 + statistics.mass[$1] }
    let visible = content.visible
    if blocks.isEmpty || running < 200 {
      let scripts = tree.nodes.count { $0.tag == .script }
      if scripts > 0, visible.characters < 400, visible.characters < 40 * scripts + 200 { return .scriptOnly }
    }
    if running < 3000, metadata.isPaywalled || PaywallSigns(tree: tree, head: head).isShown { return .paywalled }
    if running < 400, visible.linkDensity > 0.5, visible.characters > 600, head.articles.isEmpty || running < 100 {
      return .index
    }
    return isIndex(content, head) ? .index : .article
  }

  /// Whether the content is cards of other pages and little else. A page that calls itself an article, or a thread, is
  /// believed unless hardly anything else is there.
  private static func isIndex(_ content: ContentFinder.Content, _ head: PageHead) -> Bool {
    let cards = content.grids.reduce(0) { $0 + $1.cards.count }
    let mass = content.grids.reduce(0) { $0 + $1.mass }
    guard cards >= 5 else { return false }
    let saysArticle = !head.articles.isEmpty || head.first("og:type")?.lowercased() == "article"
    return mass * 100 >= content.wholeMass * (saysArticle ? 90 : 60)
  }
}
