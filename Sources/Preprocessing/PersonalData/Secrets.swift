/// Keys, tokens and passwords, by the forms that services give them so that they can be found, by the marks of private
/// keys, and behind names such as `password =`.
func secrets(_ bytes: [UInt8]) -> [Range<Int>] {
  (tokens(bytes) + privateKeys(bytes) + assignedSecrets(bytes)).sorted { $0.lowerBound < $1.lowerBound }
}

/// How tokens of services begin, and the least bytes that follow (the services' documentation).
private let prefixes: [(text: [UInt8], least: Int)] = [
  ("AKIA", 16), ("ASIA", 16), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36),
  ("github_pat_", 40), ("glpat-", 20), ("hf_", 30), ("sk-ant-", 40), ("sk-proj-", 40), ("sk-", 32), ("sk_live_", 20),
  ("rk_live_", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("AIza", 35), ("ya29.", 30), ("npm_", 36),
  ("pypi-", 50), ("dop_v1_", 40), ("SG.", 40), ("eyJhbGciOi", 40),
].map { (Array($0.0.utf8), $0.1) }

private func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var position = 0
  // Where the run of a token's bytes ends that `position` is in: a run may hold many beginnings.
  var runEnd = 0
  while position < bytes.count {
    let isStart = position == 0 || !isTokenByte(bytes[position - 1]) || bytes[position - 1] == UInt8(ascii: ".")
    if isStart, firstBytes.contains(bytes[position]) {
      if position >= runEnd {
        runEnd = position
        while runEnd < bytes.count, isTokenByte(bytes[runEnd]) { runEnd += 1 }
      }
      if isToken(bytes[position..<runEnd]) {
        found.append(position..<runEnd)
        position = runEnd
        continue
      }
    }
    position += 1
  }
  return found
}

private let firstBytes = Set(prefixes.compactMap(\.text.first))

private func isToken(_ run: ArraySlice<UInt8>) -> Bool {
  prefixes.contains { prefix, least in
    run.count >= prefix.count + least && run.starts(with: prefix) && isRandom(run.dropFirst(prefix.count))
  }
}

private func isTokenByte(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit || "_-.".utf8.contains(byte) }

/// Whether bytes are as varied as drawn ones, unlike `xxxxxxxx` and `your-token-here`.
private func isRandom(_ bytes: ArraySlice<UInt8>) -> Bool {
  // The beginning tells, and a run may be megabytes long. All bytes of a token are ASCII; those of others fold onto it.
  let least = min(10, bytes.count / 2)
  var (lower, upper): (UInt64, UInt64) = (0, 0)
  var hasDigit = false
  for byte in bytes.prefix(256) {
    if byte & 0x40 == 0 { lower |= 1 << UInt64(byte & 0x3F) } else { upper |= 1 << UInt64(byte & 0x3F) }
    hasDigit = hasDigit || byte.isASCIIDigit
    if hasDigit, lower.nonzeroBitCount + upper.nonzeroBitCount >= least { return true }
  }
  return false
}

private func privateKeys(_ bytes: [UInt8]) -> [Range<Int>] {
  let mark = Array("-----BEGIN ".utf8)
  var found: [Range<Int>] = []
  var position = 0
  while let start = firstIndex(of: mark, bytes, from: position) {
    let line = bytes[start...].prefix(80).prefix { $0 != ASCII.lineFeed }
    position = start + mark.count
    guard String(decoding: line, as: UTF8.self).contains("PRIVATE KEY-----") else { continue }
    // Keys are a few kilobytes long.
    let closing = firstIndex(of: Array("-----END ".utf8), bytes, from: position, limit: longestKey)
    let end = closing.map { bytes[$0...].prefix { $0 != ASCII.lineFeed }.endIndex } ?? line.endIndex
    found.append(start..<end)
    position = end
  }
  return found
}

private let secretNames = ["password", "passwd", "secret", "api_key", "apikey", "access_token", "auth_token"]

/// Values behind the name of a secret and `=` or `:`, in quotes, that look drawn.
private func assignedSecrets(_ bytes: [UInt8]) -> [Range<Int>] {
  let lowercased = bytes.map { $0.isASCIIUppercase ? $0 | 0x20 : $0 }
  var found: [Range<Int>] = []
  for name in secretNames.map({ Array($0.utf8) }) {
    var position = 0
    while let start = firstIndex(of: name, lowercased, from: position) {
      position = start + name.count
      if let range = quotedValue(bytes, from: position) { found.append(range) }
    }
  }
  return found
}

private func quotedValue(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
  var position = start
  var hasSign = false
  while position < bytes.count, position - start < 8, "\"': =".utf8.contains(bytes[position]) {
    if "=:".utf8.contains(bytes[position]) { hasSign = true }
    position += 1
  }
  guard hasSign, position > start, "\"'".utf8.contains(bytes[position - 1]) else { return nil }
  let quote = bytes[position - 1]
  let value = bytes[position...].prefix(200).prefix { $0 != quote && $0 != ASCII.lineFeed }
  guard value.endIndex < bytes.count, bytes[value.endIndex] == quote, value.count >= 8, isRandom(value) else {
    return nil
  }
  // `${NAME}`, `<name>` and `{{name}}` stand for a value.
  guard let first = value.first, !"$<{%".utf8.contains(first), !value.contains(ASCII.space) else { return nil }
  return value.startIndex..<value.endIndex
}

/// The most bytes of a private key.
private let longestKey = 1 << 14

/// Where a pattern begins for the first time from `start`, within the next `limit` bytes.
private func firstIndex(of pattern: [UInt8], _ bytes: [UInt8], from start: Int, limit: Int = .max) -> Int? {
  guard let first = pattern.first else { return nil }
  let end = bytes.count - start > limit ? start + limit : bytes.count
  var position = start
  while position + pattern.count <= end {
    if bytes[position] == first, bytes[position..<(position + pattern.count)].elementsEqual(pattern) { return position }
    position += 1
  }
  return nil
}
