extension CrawlerKind {
  /// The files of a git repository: on GitHub, on another `https:` host, or local.
  public static let repository = CrawlerKind(rawValue: "repository")
}

extension Route {
  static let repository = Route(
    kind: .repository, crawler: RepositoryCrawler(), takesLink: { $0.isRepository },
    takesPath: { local in
      // A bare repository is what git says it is: HEAD, objects and refs.
      local.suffix == "bundle" || local.isFolder && local.names.contains(".git")
        || local.isFolder && local.names.isSuperset(of: ["HEAD", "objects", "refs"])
    })
}
