extension CrawlerKind {
  /// One web page, or the articles of a feed, a sitemap or a publication.
  public static let article = CrawlerKind(rawValue: "article")
}

extension Route {
  static let article = Route(
    kind: .article, crawler: ArticleCrawler(), takesLink: { _ in true }, takesPath: SavedList.isList)
}
