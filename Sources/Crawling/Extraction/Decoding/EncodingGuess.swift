/// Guesses the encoding of a text that declares none and is not UTF-8: a bounded sample is decoded in each encoding that
/// pages still use, and the one in which it reads most like a language wins.
///
/// What reads like a language is decided by ``ScriptModel``: characters that the language writes, the common ones most;
/// no capitals inside words; no foreign letters between Latin ones.
enum EncodingGuess {
  /// The likeliest encoding; windows-1252, the Standard's default, unless another one reads clearly better.
  static func encoding(of bytes: [UInt8]) -> CharacterEncoding {
    let sample = EncodingSample.of(bytes)
    let language = language(of: bytes)
    var best: (encoding: CharacterEncoding, score: Double) = (.windows1252, 0)
    for candidate in ScriptModel.candidates {
      let scalars = Array(
        String(decoding: PageDecoder.decode(sample, as: candidate.encoding), as: UTF8.self).unicodeScalars)
      for model in candidate.models {
        var score = model.score(scalars)
        if let language, model.languages.contains(language) { score += 0.2 }
        // A tie goes to the one that is named first.
        if score > best.score + 0.01 { best = (candidate.encoding, score) }
      }
    }
    return best.encoding
  }

  /// The language that the page's first tag declares.
  private static func language(of bytes: [UInt8]) -> String? {
    let head = bytes.prefix(2048).map(ASCII.lowercased)
    guard let tag = ASCII.find("<html", in: head, from: 0),
      let close = head[tag...].firstIndex(of: UInt8(ascii: ">")),
      let attribute = ASCII.find("lang=", in: Array(head[tag..<close]), from: 0)
    else { return nil }
    let value = head[(tag + attribute + 5)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let name = value.prefix(while: ASCII.isLetter)
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }
}
