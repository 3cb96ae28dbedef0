extension CrawlerKind {
  /// A dataset: rows of JSON or CSV, a list in JSON, SQuAD's form.
  public static let dataset = CrawlerKind(rawValue: "dataset")
}

extension Route {
  /// A `.json` on the web may be anything, such as a feed: only a source that asks for it is read as a dataset. Of a file
  /// its beginning tells.
  static let dataset = Route(
    kind: .dataset, crawler: DatasetCrawler(),
    takesLink: { ["jsonl", "ndjson", "csv"].contains(fileSuffix($0.path)) },
    takesPath: { TableFormat(suffix: $0.suffix) != nil && !SavedList.isList($0) })
}
