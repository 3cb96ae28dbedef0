/// Personal data found in a text.
public struct PersonalDataMatch: Codable, Hashable, Sendable {
  /// What it is.
  public var kind: PersonalDataKind
  /// The UTF-8 byte offset of its first byte.
  public var start: Int
  /// The UTF-8 byte offset after its last byte.
  public var end: Int

  /// Makes a match.
  public init(_ kind: PersonalDataKind, _ range: Range<Int>) {
    self.kind = kind
    (start, end) = (range.lowerBound, range.upperBound)
  }

  /// The bytes.
  public var range: Range<Int> { start..<end }
}
