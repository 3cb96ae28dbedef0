import Tokenizers

/// Counts the tokens of any byte range of a text that was tokenised once.
struct TokenCounter: LengthCounter {
  private let tokens: [Token]
  private let bytes: [UInt8]
  private let tokenizer: any Tokenizer

  init(_ text: String, _ bytes: [UInt8], _ tokenizer: any Tokenizer) {
    tokens = tokenizer.tokens(of: text)
    self.bytes = bytes
    self.tokenizer = tokenizer
  }

  /// The tokens that begin in the range, and the one that reaches into it from before.
  func count(_ range: Range<Int>) -> Int {
    let first = index(at: range.lowerBound)
    let straddles = first > 0 && tokens[first - 1].end > range.lowerBound
    return max(0, index(at: range.upperBound) - first) + (straddles ? 1 : 0)
  }

  /// The start of the token that is `count` tokens after `position`, or nil past the last token.
  func start(of count: Int, after position: Int) -> Int? {
    let target = index(at: position) + count
    return target < tokens.count ? tokens[target].start : nil
  }

  /// The start of the token that is `count` tokens before `position`, or of the first one.
  func start(of count: Int, before position: Int) -> Int {
    let target = max(0, index(at: position) - count)
    // Before the first token stands what is no token, such as characters that the model does not read.
    return target < tokens.count ? min(tokens[target].start, position) : position
  }

  /// The number of tokens that the range has when it is tokenised by itself.
  ///
  /// Cutting at white space between tokens changes no token, so that the offsets tell; anywhere else they may not.
  func exactCount(_ range: Range<Int>) -> Int {
    if isClean(range.lowerBound) && isClean(range.upperBound) { return count(range) }
    return tokenizer.tokens(of: String(decoding: bytes[range], as: UTF8.self)).count
  }

  private func isClean(_ position: Int) -> Bool {
    guard position > 0, position < bytes.count else { return true }
    let next = index(at: position)
    if next > 0, tokens[next - 1].end > position { return false }
    return bytes[position - 1].isASCIISpace || bytes[position].isASCIISpace
  }

  /// The index of the first token that starts at `position` or later.
  private func index(at position: Int) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
