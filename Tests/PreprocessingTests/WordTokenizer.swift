import Tokenizers

/// A tokenizer for tests: a token is a run of up to six ASCII letters or digits of a word, or any other scalar that is
/// no white space; the pieces of a word depend on where the word begins, as WordPiece's do.
struct WordTokenizer: Tokenizer {
  var specialTokenCount: Int { 2 }

  func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var offset = 0
    var wordStart: Int?
    func endWord(at end: Int) {
      guard let start = wordStart else { return }
      for piece in stride(from: start, to: end, by: 6) {
        tokens.append(Token(id: 1, start: piece, end: min(piece + 6, end)))
      }
      wordStart = nil
    }
    for scalar in text.unicodeScalars {
      let length = String(scalar).utf8.count
      let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isWord {
        wordStart = wordStart ?? offset
      } else {
        endWord(at: offset)
        if !scalar.properties.isWhitespace { tokens.append(Token(id: 2, start: offset, end: offset + length)) }
      }
      offset += length
    }
    endWord(at: offset)
    return tokens
  }
}

/// Takes a word of any length for one token, as a tokenizer with an unknown token does.
struct WholeWordTokenizer: Tokenizer {
  var specialTokenCount: Int { 2 }

  func tokens(of text: String) -> [Token] {
    let bytes = Array(text.utf8)
    return bytes.indices.split { bytes[$0] == 0x20 || bytes[$0] == 0x0A }.map {
      Token(id: 1, start: $0.startIndex, end: $0.endIndex)
    }
  }
}

/// Reads words of ASCII and nothing else, as a model does that drops characters.
struct ASCIIWordTokenizer: Tokenizer {
  var specialTokenCount: Int { 2 }

  func tokens(of text: String) -> [Token] { WordTokenizer().tokens(of: text).filter { $0.id == 1 } }
}
