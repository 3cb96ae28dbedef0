/// A crawler that ships, and which sources go to it when the user names none.
struct Route: Sendable {
  /// Its name.
  let kind: CrawlerKind
  /// The crawler.
  let crawler: any Crawler
  /// Whether a web link goes to it.
  var takesLink: @Sendable (WebAddress) -> Bool = { _ in false }
  /// Whether a file or folder goes to it.
  var takesPath: @Sendable (LocalPath) -> Bool = { _ in false }
  /// The schemes, lower case, of the other locations that go to it, such as `arxiv` of `arxiv:2101.00001`.
  var schemes: Set<String> = []
}
