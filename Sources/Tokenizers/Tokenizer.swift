/// Cuts text into the tokens of a model.
///
/// Conforming types are values or immutable, so that one loaded tokenizer serves every task.
public protocol Tokenizer: Sendable {
  /// The tokens of `text`, without special tokens: offsets are UTF-8 byte ranges into `text`, in order.
  func tokens(of text: String) -> [Token]
  /// How many special tokens the model adds around each input.
  var specialTokenCount: Int { get }
  /// `text` as the model reads it, with its special tokens.
  ///
  /// - Parameter maximumLength: the most tokens to give, special tokens included; what is over is left out at the end.
  ///   nil gives all.
  func encode(_ text: String, maximumLength: Int?) -> Encoding
  /// The text that tokens stand for; nil if the tokenizer cannot tell, as by default.
  func decode(_ ids: some Sequence<Int32>) -> String?
}

extension Tokenizer {
  /// Not told.
  public func decode(_ ids: some Sequence<Int32>) -> String? { nil }

  /// The first tokens of `text` without any special tokens, for tokenizers that have none.
  public func encode(_ text: String, maximumLength: Int?) -> Encoding {
    let tokens = tokens(of: text)
    let kept = tokens.prefix(max(0, maximumLength ?? tokens.count))
    return Encoding(ids: kept.map(\.id), offsets: kept.map { $0.start..<$0.end }, fullLength: tokens.count)
  }
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
