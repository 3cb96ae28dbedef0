/// Decides what sort of page this is.
enum PageKind {
  /// By what was found and what the page says of itself.
  static func of(
    _ tree: HTMLTree, blocks: [Block], metadata: PageMetadata, content: ContentFinder.Content
  ) -> ExtractedPage.Kind {
    let statistics = content.statistics
    let running = content.roots.reduce(0) { $0 + statistics.mass[$1] }
    let visible = content.visible
    if blocks.isEmpty || running < 200 {
      let scripts = tree.nodes.count { $0.tag == .script }
      if scripts > 0, visible.characters < 400, visible.characters < 40 * scripts + 200 { return .scriptOnly }
    }
    if metadata.isPaywalled, running < 3000 { return .paywalled }
    if running < 400, visible.linkDensity > 0.5, visible.characters > 600 { return .index }
    return .article
  }
}
