extension WordPieceTokenizer {
  /// The text that tokens stand for, as the decoder of the `tokenizers` package writes it for WordPiece: a space before
  /// each token but the first that does not continue a word, and none before `.`, `,`, `?`, `!` and English contractions.
  ///
  /// Case, accents and white space of the text that was tokenised are gone. Unknown numbers stand for nothing.
  public func decode(_ ids: some Sequence<Int32>) -> String? {
    var text: [UInt8] = []
    var isFirst = true
    for id in ids {
      guard let token = vocabulary.spelling(of: id) else { continue }
      if isFirst {
        text += tidied(Array(token))
      } else if token.starts(with: "##".utf8) {
        text += tidied(Array(token.dropFirst(2)))
      } else {
        text += tidied([UInt8(ascii: " ")] + token)
      }
      isFirst = false
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// A piece without the space before marks that stand close to what is before them.
private func tidied(_ piece: [UInt8]) -> [UInt8] {
  let replacements: [(String, String)] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
    (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ]
  guard piece.first == UInt8(ascii: " ") || piece.contains(UInt8(ascii: "'")) else { return piece }
  return replacements.first { piece.starts(with: $0.0.utf8) }.map {
    Array($0.1.utf8) + piece.dropFirst($0.0.utf8.count)
  } ?? piece
}
