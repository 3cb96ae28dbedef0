/// How long the extracts of a document are, in UTF-8 bytes.
public struct ExtractLimits: Codable, Hashable, Sendable {
  /// The least prose of an extract: below that nothing is worth learning.
  public var minimum: Int
  /// The most bytes; a longer paragraph is cut after a sentence.
  public var maximum: Int

  /// Makes limits; the defaults suit answers of one to four paragraphs.
  public init(minimum: Int = 160, maximum: Int = 2000) {
    self.minimum = minimum
    self.maximum = max(minimum, maximum)
  }
}
