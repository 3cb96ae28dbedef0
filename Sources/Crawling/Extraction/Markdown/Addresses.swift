import Foundation

/// Makes the addresses of a page absolute.
struct Addresses {
  private let base: URL?

  /// `page` is the page's own address, `declared` what its `base` element says.
  init(page: String?, declared: String? = nil) {
    let own = page.flatMap { URL(string: $0) }.flatMap { Self.isWeb($0) ? $0 : nil }
    base = declared.flatMap { URL(string: $0, relativeTo: own)?.absoluteURL } ?? own
  }

  /// The absolute form of a link; nil when it cannot be followed: a script, embedded data, a broken address. Without a
  /// base a relative link stays as it is.
  func absolute(_ link: String) -> String? {
    let line = TextCleaner.line(link)
    let cleaned = line.utf8.contains(0x20) ? line.replacing(" ", with: "%20") : line
    guard !cleaned.isEmpty, cleaned.utf8.count <= 4096 else { return nil }
    if let scheme = Self.scheme(cleaned) {
      return ["http", "https", "mailto", "ftp"].contains(scheme) ? cleaned : nil
    }
    guard let base else { return cleaned }
    if cleaned.hasPrefix("//") { return (base.scheme ?? "https") + ":" + cleaned }
    return URL(string: cleaned, relativeTo: base)?.absoluteString ?? cleaned
  }

  /// An absolute web address, or nil.
  func web(_ link: String) -> String? {
    guard let absolute = absolute(link), absolute.hasPrefix("http://") || absolute.hasPrefix("https://") else {
      return nil
    }
    return absolute
  }

  private static func isWeb(_ url: URL) -> Bool { url.scheme == "http" || url.scheme == "https" }

  private static func scheme(_ link: String) -> String? {
    guard let colon = link.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = link[..<colon]
    guard let first = name.utf8.first, ASCII.isLetter(first),
      name.utf8.allSatisfy({
        ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      })
    else { return nil }
    return name.lowercased()
  }
}
