import Foundation
import HTTP

/// A source's location, sorted into the forms that are crawled.
enum SourceLocation: Sendable, Hashable {
  case web(WebAddress)
  case path(String)
  /// What has a scheme that is no protocol, such as `arxiv:2101.00001`: the scheme in lower case, and what follows.
  case named(scheme: String, rest: String)

  /// Reads a location.
  ///
  /// - Throws: ``CrawlError`` for a malformed URL, another protocol than `https:` and `http:`, and a relative path.
  init(_ location: String) throws(CrawlError) {
    if location.utf8.first == UInt8(ascii: "/") {
      guard !location.utf8.contains(0) else {
        throw .invalidLink(link: "the path", reason: "it holds a NUL character")
      }
      self = .path(location)
      return
    }
    let scheme = schemeName(of: location)
    switch scheme {
    case "http", "https": self = .web(try WebAddress(location))
    case "file":
      throw .unsupportedSource(source: redactedURL(location), reason: "name the path itself, without `file:`")
    case "ssh", "git", "git+ssh", "ext", "ftp", "ftps", "rsync":
      throw .unsupportedSource(
        source: redactedURL(location), reason: "remote repositories are read over https only; give its https URL"
      )
    case .some(let scheme):
      self = .named(scheme: scheme, rest: String(location.dropFirst(scheme.utf8.count + 1)))
    case nil:
      throw .unsupportedSource(source: redactedURL(location), reason: Self.adviceOnBareText(location))
    }
  }

  private static func adviceOnBareText(_ location: String) -> String {
    if location.utf8.first == UInt8(ascii: "-") { return "a location cannot begin with a hyphen" }
    // git's short form of ssh: user@host:path
    if let at = location.firstIndex(of: "@"), location[at...].contains(":") {
      return "remote repositories are read over https only; give its https URL"
    }
    return "it is neither a URL that begins with https:// nor an absolute path"
  }
}

/// The scheme of a URL (RFC 3986, section 3.1), lower case; nil if `text` does not begin with one.
func schemeName(of text: String) -> String? {
  let bytes = Array(text.utf8.prefix(32))
  guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, isLetter(bytes[0]) else { return nil }
  for byte in bytes[..<colon] {
    guard isLetter(byte) || isDigit(byte) || "+-.".utf8.contains(byte) else { return nil }
  }
  return String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
}

func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a") <= byte | 0x20 && byte | 0x20 <= UInt8(ascii: "z") }
func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9") }
