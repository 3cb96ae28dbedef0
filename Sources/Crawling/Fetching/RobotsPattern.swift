/// The path of a rule in a robots.txt: `*` stands for any characters, `$` at the end for the end of the path (RFC 9309,
/// section 2.2.3).
struct RobotsPattern: Sendable, Hashable {
  /// The texts between the stars; the first one stands at the beginning.
  private let parts: [[UInt8]]
  /// Whether the last part stands at the end.
  private let isAnchored: Bool
  /// The number of its octets: of two patterns that match, the longer one counts.
  let length: Int

  /// Reads a pattern, which must not be empty.
  init(_ pattern: some Collection<UInt8>) {
    isAnchored = pattern.suffix(1).elementsEqual([UInt8(ascii: "$")])
    let path = isAnchored ? Array(pattern.dropLast()) : Array(pattern)
    let parts = path.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(robotsSpelling)
    length = parts.reduce(parts.count - 1 + (isAnchored ? 1 : 0)) { $0 + $1.count }
    // Two stars in a row are one.
    self.parts = parts.enumerated().filter { $0 == 0 || $0 == parts.count - 1 || !$1.isEmpty }.map(\.element)
  }

  /// Whether a path with its query, spelt by ``robotsSpelling(_:)``, matches. Takes time in the order of both lengths.
  func matches(_ path: [UInt8]) -> Bool {
    guard let first = parts.first, path.starts(with: first) else { return false }
    guard parts.count > 1, let last = parts.last else { return !isAnchored || path.count == first.count }
    var position = first.count
    for part in parts.dropFirst().dropLast() {
      guard let found = firstPosition(of: part, in: path, from: position) else { return false }
      position = found + part.count
    }
    guard isAnchored else { return firstPosition(of: last, in: path, from: position) != nil }
    return path.count - position >= last.count && path.suffix(last.count).elementsEqual(last)
  }
}

/// The one spelling of a path, or a part of one, in which rules and addresses are compared: what is not ASCII is
/// percent-encoded, what need not be is not, and the characters that have a meaning in rules are (section 2.2.2).
func robotsSpelling(_ path: some Sequence<UInt8>) -> [UInt8] {
  let special: [UInt8] = [UInt8(ascii: "*"), UInt8(ascii: "$"), UInt8(ascii: "\""), UInt8(ascii: "<")]
  let ascii = percentEncoded(path) { $0 > 0x20 && $0 < 0x7F && !special.contains($0) }
  return Array(normalisedEncoding(ascii.utf8).utf8)
}

/// Where some bytes stand first at or behind a position, by the algorithm of Knuth, Morris and Pratt ("Fast pattern
/// matching in strings", 1977): a rule and an address that were made to match slowly do not.
private func firstPosition(of word: [UInt8], in text: [UInt8], from start: Int) -> Int? {
  guard !word.isEmpty else { return start <= text.count ? start : nil }
  // How much of the word's beginning is at the end of each of its beginnings.
  var borders = [Int](repeating: 0, count: word.count)
  var matched = 0
  for index in word.indices.dropFirst() {
    while matched > 0, word[index] != word[matched] { matched = borders[matched - 1] }
    if word[index] == word[matched] { matched += 1 }
    borders[index] = matched
  }
  matched = 0
  for index in start..<max(start, text.count) {
    while matched > 0, text[index] != word[matched] { matched = borders[matched - 1] }
    if text[index] == word[matched] { matched += 1 }
    if matched == word.count { return index + 1 - matched }
  }
  return nil
}
