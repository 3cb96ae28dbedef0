/// The tokens of a file that are found in a text as they are written, before it is cut into words.
///
/// Of several that begin at one place the longest is found, as by the `tokenizers` package.
struct AddedTokens: Sendable {
  private struct Token {
    var utf8: [UInt8]
    var id: Int32
    /// Whether white space before, or after it, belongs to it.
    var takesSpaceBefore: Bool
    var takesSpaceAfter: Bool
  }

  /// A token of the text.
  struct Match {
    var id: Int32
    var range: Range<Int>
  }

  /// By the first byte, the longest ones first.
  private var tokens: [[Token]] = Array(repeating: [], count: 256)
  private(set) var isEmpty = true

  init() {}

  /// - Throws: ``TokenizerError/unsupported(path:what:)`` for a token that is found in other ways.
  init(_ file: TokenizerFile) throws {
    for token in file.addedTokens {
      guard token.single_word != true else {
        throw TokenizerError.unsupported(path: file.path, what: "the added token \(token.content), a whole word")
      }
      guard token.normalized != true || file.normalizer.isEmpty else {
        throw TokenizerError.unsupported(
          path: file.path, what: "the added token \(token.content), which is looked for in the normalized text")
      }
      add(
        Array(token.content.utf8), token.id, takesSpaceBefore: token.lstrip ?? false,
        takesSpaceAfter: token.rstrip ?? false)
    }
  }

  mutating func add(
    _ utf8: [UInt8], _ id: Int32, takesSpaceBefore: Bool = false, takesSpaceAfter: Bool = false
  ) {
    guard let first = utf8.first else { return }
    isEmpty = false
    tokens[Int(first)].append(
      Token(utf8: utf8, id: id, takesSpaceBefore: takesSpaceBefore, takesSpaceAfter: takesSpaceAfter))
    tokens[Int(first)].sort { $0.utf8.count > $1.utf8.count }
  }

  /// The token that begins exactly at a place, without the white space around it.
  func match(in text: Span<UInt8>, at position: Int) -> Match? {
    token(in: text, at: position).map { Match(id: $0.id, range: position..<position + $0.utf8.count) }
  }

  /// The first token at or after `start`, with the white space that belongs to it.
  func firstMatch(in text: Span<UInt8>, from start: Int) -> Match? {
    guard !isEmpty else { return nil }
    for position in start..<text.count {
      guard let token = token(in: text, at: position) else { continue }
      var (lower, upper) = (position, position + token.utf8.count)
      if token.takesSpaceBefore { while let space = spaceStart(in: text, before: lower, from: start) { lower = space } }
      if token.takesSpaceAfter { while let space = spaceEnd(in: text, after: upper) { upper = space } }
      return Match(id: token.id, range: lower..<upper)
    }
    return nil
  }

  private func token(in text: Span<UInt8>, at position: Int) -> Token? {
    tokens[Int(text[position])].first { token in
      token.utf8.count <= text.count - position
        && token.utf8.indices.allSatisfy { text[position + $0] == token.utf8[$0] }
    }
  }

  /// Where the white space begins that ends at a place.
  private func spaceStart(in text: Span<UInt8>, before position: Int, from start: Int) -> Int? {
    guard position > start else { return nil }
    var first = position - 1
    while first > start, text[first] & 0xC0 == 0x80 { first -= 1 }
    return CharacterClass.of(decodedScalar(text, at: first)).contains(.space) ? first : nil
  }

  /// Where the white space ends that begins at a place.
  private func spaceEnd(in text: Span<UInt8>, after position: Int) -> Int? {
    guard position < text.count, CharacterClass.of(decodedScalar(text, at: position)).contains(.space) else {
      return nil
    }
    return position + scalarLength(lead: text[position])
  }
}
