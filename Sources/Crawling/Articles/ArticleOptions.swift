/// What a source asks of the article crawler.
struct ArticleOptions: Sendable {
  /// Whether a home page leads to the articles that it lists, rather than being one itself.
  var discovers = true
  /// The author whose entries of a feed are taken; nil for everybody's.
  var onlyAuthor: String?
  /// The paths that are taken of a feed or a sitemap; all if there are none.
  var included: [LinkGlob] = []
  /// The paths that are left out of them.
  var excluded: [LinkGlob] = []

  /// The keys of a source's long form.
  static let keys = [
    SourceOption("discover", .flag, "whether a home page leads to its feed or sitemap; `true` by default"),
    SourceOption("only_author", .text, "the author whose entries of a feed are taken, as the feed names them"),
    SourceOption("include", .list, "the paths that are taken of a feed or a sitemap, such as /blog/**"),
    SourceOption("exclude", .list, "the paths that are left out of a feed or a sitemap, such as /tags/**"),
  ]

  init(_ source: CrawlSource) {
    discovers = source.options["discover"]?.first != "false"
    onlyAuthor = source.options["only_author"]?.first
    included = (source.options["include"] ?? []).map(LinkGlob.init)
    excluded = (source.options["exclude"] ?? []).map(LinkGlob.init)
  }

  /// Whether a link of a feed or a sitemap is wanted.
  func isWanted(_ address: WebAddress) -> Bool {
    (included.isEmpty || included.contains { $0.matches(address) }) && !excluded.contains { $0.matches(address) }
  }
}
