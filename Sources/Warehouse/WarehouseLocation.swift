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
        nearestName(to: scheme, in: ["sqlite", "mongodb", "mongodb+srv"]).map { " (did you mean \($0)?)" } ?? ""
      throw .invalidURL(url: withoutCredentials(url), reason: "the scheme \(scheme) is not known\(near)")
    }
  }
}

/// A URL without what may be secret: user, password and options.
///
/// Everything up to the *last* `@` goes, since a password that was not percent-encoded may contain any character. Where
/// it cannot be told what is a host and what may be a secret, everything but the scheme goes.
func withoutCredentials(_ url: String) -> String {
  // A password that was not encoded may have a :// too.
  guard let separator = url.firstRange(of: "://"), !url[..<separator.lowerBound].contains(where: { ":@/".contains($0) })
  else {
    guard let colon = url.firstIndex(of: ":"), !url.hasPrefix("sqlite:") else {
      return url.lastIndex(of: "@").map { String(url[url.index(after: $0)...]) } ?? url
    }
    return String(url[...colon]) + "…"
  }
  let scheme = url[..<separator.upperBound]
  let rest = url[separator.upperBound...]
  let place: Substring
  if let at = rest.lastIndex(of: "@") {
    // Behind a ? it may stand in an option as well as in a password.
    guard !rest[..<at].contains(where: { $0 == "?" || $0 == "#" }) else { return String(scheme) + "…" }
    place = rest[rest.index(after: at)...]
  } else {
    place = rest
  }
  let address = place.prefix { $0 != "?" && $0 != "#" }
  let hosts = address.hasPrefix("/") ? "" : address.prefix { $0 != "/" }
  return String(hosts.split(separator: ",").allSatisfy(isHost) ? scheme + address : scheme + "…")
}

/// Whether the text is a host with or without a port. With letters for a port, it is a user and a password.
private func isHost(_ text: Substring) -> Bool {
  if text.hasPrefix("[") { return text.contains("]") }
  let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2 else { return true }
  return parts[1].count <= 5 && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
}
