extension CrawlerKind {
  /// A dataset: rows of JSON or CSV, a list in JSON, SQuAD's form.
  public static let dataset = CrawlerKind(rawValue: "dataset")
}

extension Route {
  /// A `.json` on the web may be anything, such as a feed: only a source that asks for it is read as a dataset. Of a file
  /// its beginning tells.
  static let dataset = Route(
    kind: .dataset, crawler: DatasetCrawler(),
    takesLink: { [.jsonLines, .csv].contains(TableFormat(fileNamed: $0.path)) },
    takesPath: { TableFormat(fileNamed: $0.path) != nil && !$0.isFolder && !SavedList.isList($0) })
}
