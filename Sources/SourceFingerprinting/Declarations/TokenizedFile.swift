/// A source file, cut into tokens whose brackets pair.
struct TokenizedFile: Sendable {
  let bytes: [UInt8]
  let tokens: [Token]
  /// Of each opening bracket the index of its closing one; 0 elsewhere.
  private let partners: [Int]

  /// Nil if the file does not read as Swift.
  init?(_ bytes: [UInt8]) {
    guard let tokens = Lexer.tokens(of: bytes) else { return nil }
    var partners = [Int](repeating: 0, count: tokens.count)
    var open: [(index: Int, bracket: UInt8)] = []
    for (index, token) in tokens.enumerated() where token.kind == .punctuation {
      let byte = bytes[token.range.lowerBound]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append((index, byte))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        // In ASCII a closing bracket is one or two after its opening one.
        guard let last = open.popLast(), byte &- last.bracket <= 2 else { return nil }
        partners[last.index] = index
      default: break
      }
    }
    guard open.isEmpty else { return nil }
    self.bytes = bytes
    self.tokens = tokens
    self.partners = partners
  }

  /// The index after the bracket that closes the one at `index`; nil if none opens there.
  func end(ofBracketAt index: Int) -> Int? { partners[index] == 0 ? nil : partners[index] + 1 }

  /// Whether the token is this one character of punctuation.
  func isPunctuation(_ index: Int, _ character: Unicode.Scalar) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .punctuation else { return false }
    return bytes[tokens[index].range.lowerBound] == UInt8(ascii: character)
  }

  /// The name or keyword at `index`; nil for other tokens. A name in backticks is no keyword: see ``name(_:)``.
  func word(_ index: Int) -> String? {
    guard tokens.indices.contains(index), tokens[index].kind == .identifier else { return nil }
    return text(index)
  }

  /// The name at `index` without its backticks.
  func name(_ index: Int) -> String? {
    guard let word = word(index) else { return nil }
    return word.utf8.first == UInt8(ascii: "`") ? String(word.dropFirst().dropLast()) : word
  }

  /// The characters of a token.
  func text(_ index: Int) -> String { String(decoding: bytes[tokens[index].range], as: UTF8.self) }
}
