/// A part of a LinkedIn export that a source can ask for by its option `include`.
enum LinkedInPart: String, Sendable, CaseIterable {
  case shares, comments, articles, profile
  case richMedia = "rich_media"

  /// The parts that a source asks for: all, unless it names some.
  ///
  /// - Throws: ``CrawlError/unsupportedSource(source:reason:)`` for a name that is none.
  static func wanted(by source: CrawlSource) throws(CrawlError) -> Set<LinkedInPart> {
    guard let names = source.options["include"], !names.isEmpty else { return Set(allCases) }
    var parts: Set<LinkedInPart> = []
    for name in names {
      guard let part = LinkedInPart(rawValue: name.lowercased()) else {
        let known = allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw .unsupportedSource(
          source: source.redactedLocation, reason: "a LinkedIn export has no part `\(name)`; `include` takes \(known)")
      }
      parts.insert(part)
    }
    return parts
  }

  /// Whether a file of an export is wanted.
  static func isWanted(_ path: String, of parts: Set<LinkedInPart>) -> Bool {
    if LinkedInFile.isArticle(path) { return parts.contains(.articles) }
    return switch LinkedInFile(path) {
    case .shares: parts.contains(.shares)
    case .comments: parts.contains(.comments)
    case .richMedia: parts.contains(.richMedia)
    case .profile, .profileSummary, .positions, .projects, .publications: parts.contains(.profile)
    case nil: false
    }
  }
}
