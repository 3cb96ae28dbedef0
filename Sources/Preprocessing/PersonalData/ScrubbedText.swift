/// A text without personal data, and what was in it.
public struct ScrubbedText: Hashable, Sendable {
  /// The text with each piece of personal data replaced by its kind in brackets, such as `[email]`.
  public var text: String
  /// How many pieces there were of each kind.
  public var counts: [PersonalDataKind: Int] = [:]

  /// Replaces the personal data of a text; in code, too, since it identifies a person there no less.
  ///
  /// What stands beside a piece may show only once that is gone, so this goes on until nothing is found: replacing twice
  /// is replacing once.
  ///
  /// - Parameter kinds: what is replaced.
  public init(_ text: String, kinds: Set<PersonalDataKind> = Set(PersonalDataKind.allCases)) {
    self.text = text
    // Each round takes digits, at signs or marks of keys away, so there is an end; the bound keeps it near.
    for _ in 0..<16 where !replaceOnce(kinds) { break }
  }

  /// Replaces what is found now.
  ///
  /// - Returns: whether there was anything.
  mutating func replaceOnce(_ kinds: Set<PersonalDataKind>) -> Bool {
    let matches = personalData(in: text, kinds: kinds)
    guard !matches.isEmpty else { return false }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for match in matches {
      result += bytes[position..<match.start]
      result += Array("[\(match.kind.rawValue)]".utf8)
      position = match.end
      counts[match.kind, default: 0] += 1
    }
    result += bytes[position...]
    text = String(decoding: result, as: UTF8.self)
    return true
  }
}
