/// Where the words of `quote` stand in `text`, one after the other, whatever the white space between them.
func verbatimSpan(of quote: String, in text: String) -> Range<Int>? {
  let quoted = wordRanges(Array(quote.utf8))
  let quoteBytes = Array(quote.utf8)
  let bytes = Array(text.utf8)
  let words = wordRanges(bytes)
  guard !quoted.isEmpty, quoted.count <= words.count else { return nil }
  for start in 0...(words.count - quoted.count) {
    let matches = quoted.indices.allSatisfy { bytes[words[start + $0]] == quoteBytes[quoted[$0]] }
    if matches { return words[start].lowerBound..<words[start + quoted.count - 1].upperBound }
  }
  return nil
}

private func wordRanges(_ bytes: [UInt8]) -> [Range<Int>] {
  bytes.indices.split { bytes[$0] == 0x20 || (0x09...0x0D).contains(bytes[$0]) }.map { $0.startIndex..<$0.endIndex }
}
