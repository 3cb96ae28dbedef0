/// The addresses of writers and publications on medium.com, whose pages list articles by scripts: their feeds say what is
/// there.
enum MediumAddress {
  /// The feed of a writer (`medium.com/@ada`, `ada.medium.com`) or a publication (`medium.com/engines`); nil for any other
  /// address.
  static func feed(of address: WebAddress) -> WebAddress? {
    guard address.isHost(in: "medium.com") else { return nil }
    let parts = address.path.split(separator: "/")
    if address.site != "medium.com" {
      return parts.isEmpty ? try? WebAddress(address.origin + "/feed") : nil
    }
    guard parts.count == 1 || parts.count == 2 && parts[1] == "latest", let name = parts.first,
      !reserved.contains(name.lowercased()), !isArticle(name)
    else { return nil }
    return try? WebAddress(address.origin + "/feed/" + name)
  }

  /// Whether a name ends in the identifier of an article: 8 to 12 hexadecimal digits behind a hyphen.
  private static func isArticle(_ name: Substring) -> Bool {
    guard let hyphen = name.lastIndex(of: "-") else { return false }
    let digits = name[hyphen...].dropFirst().utf8
    return 8...12 ~= digits.count && digits.allSatisfy { ASCII.digit($0, isHex: true) != nil }
  }

  /// Pages of Medium's own.
  private static let reserved: Set<String> = [
    "feed", "m", "p", "tag", "tags", "topic", "topics", "search", "me", "about", "membership", "policy", "jobs",
    "explore-topics", "creators", "new-story", "plans", "gift", "partner-program", "sitemap", "u", "_",
  ]
}
