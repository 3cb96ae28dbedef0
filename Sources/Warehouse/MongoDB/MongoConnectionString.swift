import Foundation

/// A MongoDB URL taken apart
/// (<https://github.com/mongodb/specifications/blob/master/source/connection-string/connection-string-spec.md>).
///
/// libmongoc takes the first `@` for the end of a password, and what follows for a host, which its messages then name; and
/// it passes over options that it does not know. So whatever can be read in two ways, and every option or value that
/// would not be heeded, is refused here, before libmongoc sees the URL. No reason ever quotes what may be a secret.
struct MongoConnectionString {
  /// `mongodb` or `mongodb+srv`.
  let scheme: String
  /// Percent-encoded, as the password; nil if there is none.
  let user: Substring?
  let password: Substring?
  let hosts: [Substring]
  /// Percent-encoded; empty if there is none.
  let database: Substring
  let options: [MongoOption]

  /// - Throws: ``WarehouseError/invalidURL(url:reason:)`` without anything secret.
  init(_ url: String) throws(WarehouseError) {
    do {
      let (scheme, rest) = try Self.scheme(of: url)
      let authority = rest.prefix { !"/?#".contains($0) }
      let at = try Self.credentialsEnd(in: authority, of: rest)
      (user, password) = try Self.credentials(at.map { authority[..<$0] })
      hosts = try Self.hosts(authority[(at.map(authority.index(after:)) ?? authority.startIndex)...], at != nil, scheme)
      let tail = rest[authority.endIndex...]
      let path = tail.prefix { $0 != "?" }
      database = try Self.database(path.dropFirst())
      options = try MongoOption.options(tail[path.endIndex...].dropFirst())
      self.scheme = scheme
    } catch {
      throw .invalidURL(url: withoutCredentials(url), reason: error.reason)
    }
  }

  /// The URL for libmongoc: the scheme in lower case, a slash behind the hosts, and no options that mean nothing here.
  var text: String {
    let credentials = user.map { "\($0)\(password.map { ":\($0)" } ?? "")@" } ?? ""
    let heeded = options.filter(\.isHeeded).map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return "\(scheme)://\(credentials)\(hosts.joined(separator: ","))/\(database)\(heeded.isEmpty ? "" : "?\(heeded)")"
  }

  /// Whether it says who asks.
  var hasCredentials: Bool { user != nil || options.contains { $0.name == "authMechanism" } }

  /// All that must not be printed, as it is written and as it is meant. Names of users are no secrets.
  var secrets: [String] {
    let written = (password.map { [$0] } ?? []) + options.flatMap(\.secrets)
    return written.flatMap { [String($0), $0.removingPercentEncoding ?? ""] }
  }

  private static func scheme(of url: String) throws(MongoURLFlaw) -> (scheme: String, rest: Substring) {
    guard !url.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw MongoURLFlaw("it has a control character or a line break in it")
    }
    guard let separator = url.firstRange(of: "://") else {
      throw MongoURLFlaw("two slashes must follow mongodb:")
    }
    let scheme = url[..<separator.lowerBound].lowercased()
    guard scheme == "mongodb" || scheme == "mongodb+srv" else {
      throw MongoURLFlaw("it must begin with mongodb:// or mongodb+srv://")
    }
    return (scheme, url[separator.upperBound...])
  }

  /// Where the only `@` of the URL is.
  private static func credentialsEnd(
    in authority: Substring, of rest: Substring
  ) throws(MongoURLFlaw) -> Substring.Index? {
    let at = rest.firstIndex(of: "@")
    guard at == rest.lastIndex(of: "@"), at.map({ $0 < authority.endIndex }) ?? true else { throw .notEncoded }
    return at
  }

  private static func credentials(
    _ text: Substring?
  ) throws(MongoURLFlaw) -> (user: Substring?, password: Substring?) {
    guard let text else { return (nil, nil) }
    let colon = text.firstIndex(of: ":")
    let (user, password) = (text[..<(colon ?? text.endIndex)], colon.map { text[text.index(after: $0)...] })
    guard !user.isEmpty else { throw MongoURLFlaw("it has no user name before the @") }
    for part in [user, password].compactMap(\.self)
    where part.contains(where: { ":[]".contains($0) }) || part.removingPercentEncoding == nil {
      throw .notEncoded
    }
    return (user, password)
  }

  private static func hosts(
    _ text: Substring, _ hasUser: Bool, _ scheme: String
  ) throws(MongoURLFlaw) -> [Substring] {
    let hosts = text.split(separator: ",", omittingEmptySubsequences: false)
    for host in hosts { try check(host, hasUser: hasUser) }
    guard scheme == "mongodb+srv" else { return hosts }
    guard hosts.count == 1, !text.contains(where: { ":%[".contains($0) }) else {
      throw MongoURLFlaw("mongodb+srv takes one host name, without a port")
    }
    guard text.split(separator: ".").count >= 3 else {
      throw MongoURLFlaw("the host name of a mongodb+srv URL has at least three parts, as in cluster.example.net")
    }
    return hosts
  }

  private static func check(_ text: Substring, hasUser: Bool) throws(MongoURLFlaw) {
    let nameEnd = text.hasPrefix("[") ? text.firstIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
    let (name, port) = (text[..<(nameEnd ?? text.endIndex)], text[(nameEnd ?? text.endIndex)...])
    guard !name.isEmpty else { throw MongoURLFlaw("a host name is missing") }
    guard isHost(name) else { throw MongoURLFlaw("what stands in the place of a host is no host name") }
    guard !port.isEmpty else { return }
    let digits = port.dropFirst()
    guard port.first == ":", digits.utf8.allSatisfy(isDigit), digits.utf8.count <= 5, 1...65_535 ~= Int(digits) ?? 0
    else {
      throw MongoURLFlaw(
        "its port is not a number from 1 to 65535" + (hasUser ? "" : "; a user name and password need an @ behind them")
      )
    }
  }

  private static func isHost(_ name: Substring) -> Bool {
    if name.hasPrefix("[") {
      return name.hasSuffix("]") && name.count > 3
        && name.dropFirst().dropLast().utf8.allSatisfy { isDigit($0) || "abcdefABCDEF:.".utf8.contains($0) }
    }
    // A socket of this machine, with its slashes encoded.
    if name.contains("%") { return name.removingPercentEncoding?.hasSuffix(".sock") ?? false }
    return name.utf8.count <= 253 && name.utf8.allSatisfy { isDigit($0) || isLetter($0) || "-_.".utf8.contains($0) }
  }

  private static func database(_ text: Substring) throws(MongoURLFlaw) -> Substring {
    // MongoDB's rules for names of databases (https://www.mongodb.com/docs/manual/reference/limits/).
    guard let name = text.removingPercentEncoding, !name.contains(where: { "/\\. \"$".contains($0) }) else {
      throw MongoURLFlaw("the name of a database cannot have any of / \\ . \" $ or a space in it")
    }
    guard name.utf8.count < 64 else { throw MongoURLFlaw("the name of its database is longer than 63 bytes") }
    return text
  }
}

/// What is wrong with a URL.
struct MongoURLFlaw: Error {
  static let notEncoded = MongoURLFlaw(
    "percent-encode the special characters of its user name, password and options: @ is %40, / is %2F, : is %3A, "
      + "? is %3F, # is %23, [ is %5B, ] is %5D and % is %25")

  let reason: String

  init(_ reason: String) { self.reason = reason }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
