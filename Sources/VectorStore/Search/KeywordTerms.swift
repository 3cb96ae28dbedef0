import Domain

/// The terms of a text, in their order: what is indexed of a chunk, and looked for by a query, whatever the engine.
///
/// - A word is a run of letters, digits and the marks on them; its term is in lower case, without diacritics, and in
///   Unicode's compatible form (``foldedKeyword(_:)``). White space and most punctuation only part words.
/// - Words that one of `_ - ' .` joins are given together, too: `snake_case` as `snakecase`, `snake` and `case`, so that
///   every way to write a name finds every other; a dot stays, as in `node.js` or `3.11`.
/// - A word in which case or digits show parts is given whole and in parts: `getUserName2` as `getusername2`, `get`,
///   `user`, `name` and `2`; `HTTPServer` as `httpserver`, `http` and `server`.
/// - `C++`, `C#` and `.NET` keep what makes them names, and are given without it, too.
/// - Scripts without spaces between words (Han, Kana, Thai, Lao, Khmer, Burmese) are given as single characters and as
///   pairs of neighbours; Hangul as words and pairs, because its particles are written together with the word.
/// - A term is at most ``KeywordScanner/maximumLength`` bytes long.
///
/// Terms have no white space and no ASCII punctuation in them but `. + #`.
func keywordTerms(of text: String) -> [String] {
  keywordTermText(of: text).split(separator: KeywordScanner.separator).map { String(decoding: $0, as: UTF8.self) }
}

/// The same terms as bytes of UTF-8, with a space after each.
func keywordTermText(of text: String) -> [UInt8] {
  var text = text
  return text.withUTF8 { bytes in
    var scanner = KeywordScanner(bytes)
    scanner.scan { _ in }
    return scanner.terms
  }
}

/// A word of a text and its terms.
struct KeywordWord: Sendable, Equatable {
  /// Where it stands in the UTF-8 of the text.
  var range: Range<Int>
  /// Its terms, the whole before the parts.
  var terms: [String]
}

/// The words of a text with their terms, in their order: where what a query looks for stands in a text.
func keywordWords(of text: String) -> [KeywordWord] {
  var text = text
  return text.withUTF8 { bytes in
    var scanner = KeywordScanner(bytes)
    var words: [KeywordWord] = []
    var start = 0
    scanner.scan { scanner in
      let terms = scanner.terms[start...].split(separator: KeywordScanner.separator)
      words.append(KeywordWord(range: scanner.word, terms: terms.map { String(decoding: $0, as: UTF8.self) }))
      start = scanner.terms.count
    }
    return words
  }
}

extension Chunk {
  /// What a keyword search finds it by: the document's title, the headings above it, and its text.
  var keywordText: String { ([title ?? ""] + headings + [text]).joined(separator: "\n") }
}
