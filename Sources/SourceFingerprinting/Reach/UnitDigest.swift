/// The digest of what a unit says, whatever its layout.
enum UnitDigest {
  /// Over the label and the tokens of a unit. Comments and white space do not count, but for line ends between
  /// statements, and the space around operators, which makes them prefix, infix or postfix.
  static func digest(of unit: SourceUnit, in source: SourceFile) -> [UInt8] {
    // No byte of a file that reads as Swift is 0xFF, so that no two lists of tokens are written alike.
    var bytes = Array(unit.label.utf8) + [0xFF]
    guard let file = source.tokenized else { return SHA256.digest(of: bytes + [0xFF] + source.bytes) }
    bytes.reserveCapacity(source.bytes.count)
    for range in unit.tokens {
      for index in range {
        let token = file.tokens[index]
        bytes.append(mark(of: token, at: index, in: file))
        bytes += file.bytes[token.range]
        bytes.append(0xFF)
      }
      bytes.append(0xFF)
    }
    return SHA256.digest(of: bytes)
  }

  /// Bit 0: a line ends before the token; bits 1 and 2: the token is a prefix or postfix operator; from bit 3 on: kind.
  private static func mark(of token: Token, at index: Int, in file: TokenizedFile) -> UInt8 {
    var mark = token.kind.rawValue << 3
    if token.startsLine, index > 0, !isBracketed(index, in: file) { mark |= 1 }
    guard token.kind == .operator, token.isOpenLeft != token.isOpenRight else { return mark }
    return mark | (token.isOpenLeft ? 2 : 4)
  }

  /// Whether a line end before the token cannot end a statement.
  private static func isBracketed(_ index: Int, in file: TokenizedFile) -> Bool {
    "([{,".unicodeScalars.contains { file.isPunctuation(index - 1, $0) }
      || ")]},".unicodeScalars.contains { file.isPunctuation(index, $0) }
  }
}
