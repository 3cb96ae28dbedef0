import Foundation
import HTTP

/// An `http:` or `https:` URL that every program reads in the same way.
///
/// Crawlers are chosen by host, so a host must mean the same here and in the client that fetches it. What clients are
/// known to disagree on (backslashes, white space, credentials, percent signs in the host; WHATWG URL and RFC 3986
/// differ there) is refused rather than repaired.
struct WebAddress: Sendable, Hashable {
  /// `http` or `https`.
  let scheme: String
  /// ASCII, lower case, without a trailing dot; an IPv6 address has its brackets.
  let host: String
  /// The port, unless it is the scheme's own.
  let port: Int?
  /// Begins with `/`; percent-encoded.
  let path: String
  /// Without the question mark; percent-encoded.
  let query: String?

  /// Reads a URL; its fragment is dropped.
  init(_ text: String) throws(CrawlError) {
    func invalid(_ reason: String) -> CrawlError { .invalidLink(link: redactedURL(text), reason: reason) }
    guard text.utf8.count <= 4096 else { throw invalid("a URL of more than 4,096 bytes is not followed") }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
      throw invalid("a URL cannot hold spaces, control characters or backslashes")
    }
    guard let scheme = schemeName(of: text), scheme == "http" || scheme == "https" else {
      throw invalid("only http and https URLs are followed")
    }
    let rest = text.dropFirst(scheme.count)
    guard rest.hasPrefix("://") else { throw invalid("`\(scheme):` must be followed by two slashes and a host") }
    let afterSlashes = rest.dropFirst(3)
    let authority = afterSlashes.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw invalid("remove the user name or password from the URL") }
    (host, port) = try Self.hostAndPort(of: authority, scheme: scheme, invalid: invalid)
    self.scheme = scheme
    let target = afterSlashes.dropFirst(authority.count).prefix { $0 != "#" }
    let rawPath = target.prefix { $0 != "?" }
    path = rawPath.isEmpty ? "/" : percentEncodingNonASCII(rawPath)
    query = rawPath.count < target.count ? percentEncodingNonASCII(target.dropFirst(rawPath.count + 1)) : nil
  }

  /// The URL, without a fragment.
  var text: String { "\(origin)\(path)\(query.map { "?\($0)" } ?? "")" }

  /// The URL for messages and records, without the values of parameters that may be secrets.
  var redacted: String { redactedLink(text) }

  /// The scheme, host and port.
  var origin: String { "\(scheme)://\(authority)" }

  /// The host and port, which is what answers or is down, and what is asked too much.
  var authority: String { host + (port.map { ":\($0)" } ?? "") }

  /// The host without `www.`.
  var site: String { host.hasPrefix("www.") ? String(host.dropFirst(4)) : host }

  /// Whether the host is `domain` or one of its subdomains.
  func isHost(in domain: String) -> Bool { host == domain || host.hasSuffix(".\(domain)") }

  /// Whether LinkedIn answers there, its link shortener included.
  var isLinkedIn: Bool { ["linkedin.com", "linkedin.cn", "lnkd.in"].contains(where: isHost(in:)) }

  /// Whether it names a repository by itself: on GitHub, or by the suffix `.git`.
  var isRepository: Bool { site == "github.com" || path.hasSuffix(".git") }

  /// What the LLM Engineers Handbook calls the platform: `medium`, `linkedin`, or the host.
  var platform: String { isHost(in: "medium.com") ? "medium" : isLinkedIn ? "linkedin" : site }

  private static func hostAndPort(
    of authority: Substring, scheme: String, invalid: (String) -> CrawlError
  ) throws(CrawlError) -> (String, Int?) {
    let isBracketed = authority.first == "["
    let hostEnd =
      isBracketed
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) } : authority.firstIndex(of: ":")
    let rawHost = authority[..<(hostEnd ?? authority.endIndex)]
    let afterHost = authority[rawHost.endIndex...]
    guard isBracketed ? isIPv6Literal(rawHost) : true, let host = isBracketed ? rawHost.lowercased() : name(rawHost)
    else { throw invalid("`\(rawHost)` is not a host name") }
    guard !afterHost.isEmpty, afterHost != ":" else { return (host, nil) }
    guard afterHost.first == ":", afterHost.dropFirst().utf8.allSatisfy(isDigit),
      let port = Int(afterHost.dropFirst()), 1...65_535 ~= port
    else { throw invalid("`\(afterHost.drop { $0 == ":" })` is not a port") }
    return (host, port == (scheme == "https" ? 443 : 80) ? nil : port)
  }

  /// A host name in lower-case ASCII, or nil. An international name takes its `xn--` form by UTS #46, which also maps
  /// look-alikes such as full-width letters to what a client would connect to.
  private static func name(_ raw: Substring) -> String? {
    var name = raw.lowercased()
    if !name.utf8.allSatisfy({ $0 < 0x80 }) {
      guard let encoded = URL(string: "https://\(name)/")?.host(percentEncoded: true) else { return nil }
      name = encoded.lowercased()
    }
    if name.hasSuffix(".") { name.removeLast() }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isValid = labels.allSatisfy { label in
      !label.isEmpty && label.utf8.count <= 63
        && label.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
    return isValid && name.utf8.count <= 253 ? name : nil
  }

  private static func isIPv6Literal(_ text: Substring) -> Bool {
    text.count > 3 && text.hasSuffix("]")
      && text.dropFirst().dropLast().utf8.allSatisfy {
        isDigit($0) || "abcdefABCDEF:.".utf8.contains($0)
      }
  }
}

/// A link that is known to have no user and password, without the values of parameters that may be secrets: what stands
/// behind the port is its path, though it may have an `@` in it.
func redactedLink(_ link: String) -> String {
  let host = link.firstRange(of: "://")?.upperBound ?? link.startIndex
  let path = link[host...].firstIndex { "/?#".contains($0) } ?? link.endIndex
  let plainHost = "https://host"
  return String(link[..<path]) + redactedURL(plainHost + link[path...]).dropFirst(plainHost.count)
}

/// The text with every byte outside ASCII as `%XX`.
private func percentEncodingNonASCII(_ text: Substring) -> String {
  text.utf8.allSatisfy { $0 < 0x80 } ? String(text) : percentEncoded(text.utf8) { $0 < 0x80 }
}

/// The bytes as `%XX`, except those that `isKept` accepts.
func percentEncoded(_ bytes: some Sequence<UInt8>, keeping isKept: (UInt8) -> Bool) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in bytes {
    if isKept(byte) {
      encoded.append(byte)
    } else {
      encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}

/// A path as it stands in a URL: what RFC 3986 calls unreserved is kept, and slashes.
func percentEncodedPath(_ path: String) -> String {
  percentEncoded(path.utf8) { isUnreserved($0) || $0 == UInt8(ascii: "/") }
}

/// RFC 3986, section 2.3.
func isUnreserved(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte) }
