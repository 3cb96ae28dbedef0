/// A URL fit for a log or an error: no user and password, and no values of parameters that look like secrets.
///
/// It works on the text, so that malformed URLs are safe too: what stands between `//` and the last `@` of the authority
/// goes, and in query and fragment the values of parameters whose names speak of tokens, keys, passwords or signatures
/// become `***`. The function is idempotent.
public func redactedURL(_ url: String) -> String {
  let bytes = Array(url.utf8)
  let authorityStart = startOfAuthority(bytes)
  let authorityEnd = endOfAuthority(bytes[authorityStart...])
  let at = bytes[authorityStart..<authorityEnd].lastIndex(of: UInt8(ascii: "@"))
  let hostStart = at.map { $0 + 1 } ?? authorityStart
  let scheme = bytes[..<authorityStart]

  let tail = bytes[hostStart...]
  guard let query = tail.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
    return String(decoding: scheme + tail, as: UTF8.self)
  }
  return String(decoding: scheme + tail[..<query] + redactedParameters(tail[query...]), as: UTF8.self)
}

private func startOfAuthority(_ bytes: [UInt8]) -> Int {
  let slash = UInt8(ascii: "/")
  guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
    bytes[colon + 1] == slash, bytes[colon + 2] == slash
  else { return 0 }
  return colon + 3
}

/// Where the authority ends: at the first delimiter, unless a colon with something else than a port before it says that
/// the delimiter belongs to a password that nobody encoded.
private func endOfAuthority(_ bytes: ArraySlice<UInt8>) -> Int {
  let end = bytes.firstIndex { delimitsAuthority($0) } ?? bytes.endIndex
  let authority = bytes[..<end]
  guard let colon = authority.lastIndex(of: UInt8(ascii: ":")), !authority.contains(UInt8(ascii: "@")),
    authority.last != UInt8(ascii: "]")
  else { return end }
  let isPort = authority[(colon + 1)...].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  return isPort ? end : bytes.endIndex
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
