/// Which of a repository's files the user wants, beside what the rules leave out for everybody.
struct RepositorySelection: Sendable {
  /// The options of a source by which it is told.
  static let options = [
    SourceOption("include", .list, "only files whose paths match one of these patterns, as in .gitignore"),
    SourceOption("exclude", .list, "no files whose paths match one of these patterns, as in .gitignore"),
    SourceOption("identities", .list, "only files that commits of these authors touched: mail addresses or names"),
  ]

  private let included: [GlobPattern]
  private let excluded: [GlobPattern]
  /// The mail addresses and names, lower case, of authors; empty for all.
  let identities: [String]

  /// Reads a source's options.
  ///
  /// - Throws: ``CrawlError/unsupportedSource(source:reason:)`` for a pattern that is none.
  init(_ source: CrawlSource) throws(CrawlError) {
    included = try Self.patterns("include", of: source)
    excluded = try Self.patterns("exclude", of: source)
    identities = (source.options["identities"] ?? []).map { $0.lowercased() }
    guard !identities.contains(where: { $0.utf8.allSatisfy { $0 <= 0x20 } }) else {
      throw .unsupportedSource(source: source.redactedLocation, reason: "one of its `identities` is empty")
    }
  }

  private static func patterns(_ option: String, of source: CrawlSource) throws(CrawlError) -> [GlobPattern] {
    var patterns: [GlobPattern] = []
    for text in source.options[option] ?? [] {
      guard let pattern = GlobPattern(text) else {
        throw .unsupportedSource(
          source: source.redactedLocation,
          reason: "`\(oneLine(text))` in `\(option)` is no pattern of paths, such as `docs/**` or `*.swift`")
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// Why a file is left out; nil if it is wanted.
  ///
  /// - Parameter touched: the paths that the authors touched, if ``identities`` asks for them.
  func reason(against path: String, touched: Set<String>?) -> String? {
    if !included.isEmpty, !included.contains(where: { $0.matches(path) }) { return "not among `include`" }
    if excluded.contains(where: { $0.matches(path) }) { return "among `exclude`" }
    if let touched, !touched.contains(path) { return "not touched by the author's `identities`" }
    return nil
  }
}
