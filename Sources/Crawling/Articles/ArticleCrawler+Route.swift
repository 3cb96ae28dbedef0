extension CrawlerKind {
  /// One web page, or the articles of a feed.
  public static let article = CrawlerKind(rawValue: "article")
}

extension Route {
  static let article = Route(kind: .article, crawler: ArticleCrawler(), takesLink: { _ in true })
}
