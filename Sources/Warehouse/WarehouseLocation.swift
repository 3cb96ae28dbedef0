import Domain

/// What a warehouse URL says, taken apart.
enum WarehouseLocation: Hashable, Sendable {
  case sqlite(path: String)
  case mongoDB(url: String)

  /// Parses `sqlite:PATH`, `mongodb://…` or `mongodb+srv://…`.
  init(_ url: String) throws(WarehouseError) {
    guard let colon = url.firstIndex(of: ":") else {
      throw .invalidURL(url: withoutCredentials(url), reason: "it has no scheme")
    }
    let rest = String(url[url.index(after: colon)...])
    switch url[..<colon].lowercased() {
    case "sqlite":
      let path = rest.hasPrefix("//") ? String(rest.dropFirst(2)) : rest
      guard !path.isEmpty, path != ":memory:" else {
        throw .invalidURL(url: url, reason: "it has no path of a file")
      }
      self = .sqlite(path: path)
    case "mongodb", "mongodb+srv":
      self = .mongoDB(url: url)
    case let scheme:
      let near =
        nearestName(to: scheme, in: ["sqlite", "mongodb", "mongodb+srv"]).map { "; did you mean \($0)?" } ?? ""
      throw .invalidURL(url: withoutCredentials(url), reason: "the scheme \(scheme) is not known\(near)")
    }
  }
}

/// A URL without what may be secret: user, password and options.
///
/// Everything up to the *last* `@` goes, since a password that was not percent-encoded may contain any character.
func withoutCredentials(_ url: String) -> String {
  guard let separator = url.firstRange(of: "://") else {
    return url.lastIndex(of: "@").map { String(url[url.index(after: $0)...]) } ?? url
  }
  let rest = url[separator.upperBound...]
  let afterUser = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
  return String(url[..<separator.upperBound] + afterUser.prefix { $0 != "?" })
}
