/// A URL fit for a log or an error: no user and password, and no values of parameters that look like secrets.
///
/// It works on the text, so that malformed URLs are safe too. Everything up to the *last* `@` goes wherever a password may
/// stand before it: one that was not percent-encoded holds any character, so that `ada:123/4@host` may be a password or a
/// port and a path. In query and fragment the values of parameters whose names speak of tokens, keys, passwords or
/// signatures become `***`. Of a URL that is not the web's, such as a database's, the whole query becomes `?…`, since
/// its options hold secrets under any name. The function is idempotent.
public func redactedURL(_ url: String) -> String {
  let (place, query) = partsWithoutCredentials(Array(url.utf8))
  if query.isEmpty { return place }
  return place + (isDatabase(place) ? "?…" : String(decoding: redactedParameters(query), as: UTF8.self))
}

/// The address of a store or a server fit to be shown: no user and password, and none of the options, for which `?…`
/// stands. The function is idempotent.
public func redactedAddress(_ url: String) -> String {
  let (place, query) = partsWithoutCredentials(Array(url.utf8))
  return query.isEmpty ? place : place + "?…"
}

/// The URL without user and password up to its query or fragment, and the rest.
private func partsWithoutCredentials(_ bytes: [UInt8]) -> (place: String, query: ArraySlice<UInt8>) {
  let authorityStart = startOfAuthority(bytes)
  let tail = bytes[startOfHost(bytes[authorityStart...])...]
  let query = tail.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? tail.endIndex
  return (String(decoding: bytes[..<authorityStart] + tail[..<query], as: UTF8.self), tail[query...])
}

/// Whether the URL has a scheme whose query is no page's.
private func isDatabase(_ url: String) -> Bool {
  guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return false }
  return !["http", "https", "file"].contains(url[..<colon].lowercased())
}

private func startOfAuthority(_ bytes: [UInt8]) -> Int {
  let slash = UInt8(ascii: "/")
  guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
    bytes[colon + 1] == slash, bytes[colon + 2] == slash
  else { return 0 }
  return colon + 3
}

/// Where the host starts: behind the last `@` if what stands before the first delimiter has a password, or may have its
/// beginning.
private func startOfHost(_ bytes: ArraySlice<UInt8>) -> Int {
  guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return bytes.startIndex }
  let authority = bytes.prefix { !delimitsAuthority($0) }
  let mayHavePassword =
    authority.contains(UInt8(ascii: "@")) || authority.contains(UInt8(ascii: ":")) && !isIPv6Host(authority)
  return mayHavePassword ? at + 1 : bytes.startIndex
}

/// Whether it is an IPv6 address in brackets, with or without a port, which no user name is.
private func isIPv6Host(_ authority: ArraySlice<UInt8>) -> Bool {
  guard authority.first == UInt8(ascii: "["), let end = authority.firstIndex(of: UInt8(ascii: "]")) else {
    return false
  }
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  let port = authority[(end + 1)...]
  return authority[..<end].dropFirst().allSatisfy { digits.contains($0) || "abcdefABCDEF:.".utf8.contains($0) }
    && (port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(digits.contains))
}

private func delimitsAuthority(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\\")
}

/// Query and fragment with the values of secret-looking parameters replaced.
private func redactedParameters(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  var name: [UInt8] = []
  var state = ParameterPart.name
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: ";"):
      name = []
      state = .name
      result.append(byte)
    case UInt8(ascii: "=") where state == .name:
      state = namesSecret(name) ? .secret : .value
      result.append(byte)
      if state == .secret { result += Array("***".utf8) }
    default:
      if state == .name { name.append(byte) }
      if state != .secret { result.append(byte) }
    }
  }
  return result
}

private enum ParameterPart { case name, value, secret }

/// Whether a parameter's name speaks of a secret; better one too many than one too few.
private func namesSecret(_ name: [UInt8]) -> Bool {
  let plain = String(decoding: percentDecoded(name).map(lowercased), as: UTF8.self)
  let letters = plain.filter { $0.isLetter || $0.isNumber }
  let fragments = [
    "token", "secret", "password", "passwd", "passphrase", "signature", "credential", "apikey", "accesskey", "session",
  ]
  if fragments.contains(where: { letters.contains($0) }) { return true }
  let words: Set = ["key", "sig", "auth", "authorization", "pwd", "jwt", "pat"]
  return plain.split { !($0.isLetter || $0.isNumber) }.contains { words.contains(String($0)) }
}

private func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
    {
      result.append(byte)
      index += 3
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return result
}
