extension CrawlerKind {
  /// Papers on arXiv.
  public static let arXiv = CrawlerKind(rawValue: "arxiv")
}

extension Route {
  static let arXiv = Route(
    kind: .arXiv, crawler: ArXivCrawler(), takesLink: { ArXivSelection.identifier(at: $0) != nil },
    schemes: ["arxiv"])
}
