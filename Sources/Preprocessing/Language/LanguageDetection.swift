/// The language that most of a text is in, as its BCP 47 tag; nil if that does not show, as in a few words, or in code.
///
/// A script of one language tells at once; one of many gives a tag such as `und-Cyrl`. In the Latin script the language is
/// the one whose commonest words are found most often (``CommonWords``): words of grammar, which make up a third of any
/// prose, whatever it is about. Fenced code, code in lines and links say nothing. It is meant to tell English prose from
/// other prose, not dialects from each other.
///
/// - Parameter text: Markdown or plain text, of which the first 16 KiB are looked at.
public func dominantLanguage(of text: String) -> String? {
  let bytes = Array(text.utf8.prefix(16 << 10))
  let span = bytes.span
  var census = ScriptCensus()
  var isCode = false
  var position = 0
  while position < span.count {
    var end = position
    while end < span.count, span[end] != ASCII.lineFeed { end += 1 }
    let line = position..<end
    position = end + 1
    let isFence = span.isFence(line)
    if isFence { isCode.toggle() }
    if !isFence, !isCode { addProse(span, line, to: &census) }
  }
  return census.language
}

/// Counts what stands in a line outside of code.
private func addProse(_ text: Span<UInt8>, _ line: Range<Int>, to census: inout ScriptCensus) {
  var start = line.lowerBound
  var isCode = false
  for position in line where text[position] == ASCII.backtick {
    if !isCode { census.add(text, start..<position) }
    isCode.toggle()
    start = position + 1
  }
  if !isCode { census.add(text, start..<line.upperBound) }
}

extension Span<UInt8> {
  /// Whether a line opens or closes fenced code.
  fileprivate func isFence(_ line: Range<Int>) -> Bool {
    var start = line.lowerBound
    while start < line.upperBound, self[start] == ASCII.space { start += 1 }
    guard start + 2 < line.upperBound, self[start] == ASCII.backtick || self[start] == ASCII.tilde else { return false }
    return self[start + 1] == self[start] && self[start + 2] == self[start]
  }
}
