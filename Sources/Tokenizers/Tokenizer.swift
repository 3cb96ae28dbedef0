/// Cuts text into the tokens of a model.
///
/// Conforming types are values or immutable, so that one loaded tokenizer serves every task.
public protocol Tokenizer: Sendable {
  /// The tokens of `text`, without special tokens: offsets are UTF-8 byte ranges into `text`, in order.
  func tokens(of text: String) -> [Token]
  /// How many special tokens the model adds around each input.
  var specialTokenCount: Int { get }
}

/// One token and where it stands.
public struct Token: Sendable, Hashable {
  /// The vocabulary's number.
  public var id: Int32
  /// UTF-8 byte offset of its first byte in the text.
  public var start: Int
  /// UTF-8 byte offset after its last byte.
  public var end: Int

  /// Makes a token; see the properties.
  public init(id: Int32, start: Int, end: Int) {
    self.id = id
    self.start = start
    self.end = end
  }
}
