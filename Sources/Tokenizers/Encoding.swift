/// A text as a model reads it: token numbers with the model's special tokens around them.
public struct Encoding: Sendable, Hashable {
  /// The vocabulary's numbers, special tokens included.
  public var ids: [Int32]
  /// UTF-8 byte range in the text of each of ``ids``; `0..<0` for the special tokens that the model adds.
  public var offsets: [Range<Int>]
  /// How many tokens the whole text has, special tokens included.
  public var fullLength: Int

  /// Whether tokens of the text were left out to keep the maximum length.
  public var isTruncated: Bool { ids.count < fullLength }

  /// Makes an encoding; see the properties.
  public init(ids: [Int32], offsets: [Range<Int>], fullLength: Int) {
    self.ids = ids
    self.offsets = offsets
    self.fullLength = fullLength
  }
}
