extension CrawlerKind {
  /// A LinkedIn data export, zipped or unpacked.
  public static let linkedIn = CrawlerKind(rawValue: "linkedin")
}

extension Route {
  /// Every zip that nobody else knows goes here too, to be told what it is instead.
  static let linkedIn = Route(
    kind: .linkedIn, crawler: LinkedInExportCrawler(),
    takesPath: { $0.suffix == "zip" || $0.isFolder && $0.names.contains(where: SharesFile.isName) })
}
