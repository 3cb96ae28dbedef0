extension CrawlerKind {
  /// A LinkedIn data export, zipped or unpacked, or a public post.
  public static let linkedIn = CrawlerKind(rawValue: "linkedin")
}

extension Route {
  /// Every zip that nobody else knows goes here too, to be told what it is instead.
  static let linkedIn = Route(
    kind: .linkedIn, crawler: LinkedInCrawler(), takesLink: { $0.isLinkedIn },
    takesPath: { local in
      local.suffix == "zip" || local.isFolder && local.names.contains { LinkedInFile($0) == .shares }
    })
}
