extension CrawlerKind {
  /// A dataset on the Hugging Face Hub.
  public static let hub = CrawlerKind(rawValue: "huggingface")
}

extension Route {
  static let hub = Route(kind: .hub, crawler: HubCrawler(), schemes: ["hf"])
}
