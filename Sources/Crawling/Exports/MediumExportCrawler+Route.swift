extension CrawlerKind {
  /// A Medium data export, zipped or unpacked.
  public static let mediumExport = CrawlerKind(rawValue: "medium-export")
}

extension Route {
  static let mediumExport = Route(
    kind: .mediumExport, crawler: MediumExportCrawler(),
    takesPath: { local in
      // Of a folder only the top is known: what Medium puts beside its posts tells it from other folders.
      local.suffix == "zip" && ExportKind(local.names) == .medium
        || local.isFolder && local.names.isSuperset(of: ["posts", "README.html"])
    })
}
