extension CrawlerKind {
  /// A Substack data export, zipped or unpacked.
  public static let substackExport = CrawlerKind(rawValue: "substack-export")
}

extension Route {
  static let substackExport = Route(
    kind: .substackExport, crawler: SubstackExportCrawler(),
    takesPath: { local in
      local.suffix == "zip" && ExportKind(local.names) == .substack
        || local.isFolder && local.names.contains("posts.csv")
    })
}
