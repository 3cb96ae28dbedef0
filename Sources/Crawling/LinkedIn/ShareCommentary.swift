/// The text of a share, from the value of its `ShareCommentary` field.
///
/// Many exports quote the value line by line before they quote it for CSV, so that after CSV decoding each line break
/// stands between two quotes (`first"\n"second`), an empty line is `""`, and quotes of the text are doubled. Newer exports
/// write the plain text. A value counts as quoted only if every one of its line breaks has both quotes, so that a post
/// which merely ends a line with a quote stays as it is.
package func decodedCommentary(_ value: String) -> String {
  let lines = value.utf8.filter { $0 != UInt8(ascii: "\r") }
    .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let quote = UInt8(ascii: "\"")
  let isQuoted =
    lines.count > 1 && lines.dropLast().allSatisfy { $0.last == quote }
    && lines.dropFirst().allSatisfy { $0.first == quote }
  guard isQuoted else { return value }
  let inner = lines.indices.map { index -> [UInt8] in
    var line = lines[index]
    // The first line's opening quote and the last one's closing quote are there in some exports only.
    if index > 0 { line = line.dropFirst() } else if isWrapped(line, quote: quote) { line = line.dropFirst() }
    if index < lines.count - 1 {
      if line.last == quote { line = line.dropLast() }
    } else if hasStrayEnd(line, quote: quote) {
      line = line.dropLast()
    }
    return halvingQuotes(Array(line))
  }
  return String(decoding: Array(inner.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
}

/// Whether a first line opens with the quote of the wrapping: an odd run of quotes, since those of the text are doubled.
private func isWrapped(_ line: ArraySlice<UInt8>, quote: UInt8) -> Bool {
  line.count > 1 && line.prefix { $0 == quote }.count % 2 == 1
}

/// Whether a last line ends with the quote of the wrapping.
private func hasStrayEnd(_ line: ArraySlice<UInt8>, quote: UInt8) -> Bool {
  line.reversed().prefix { $0 == quote }.count % 2 == 1
}

private func halvingQuotes(_ line: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var index = 0
  while index < line.count {
    result.append(line[index])
    let isDoubled = line[index] == UInt8(ascii: "\"") && index + 1 < line.count && line[index + 1] == line[index]
    index += isDoubled ? 2 : 1
  }
  return result
}
