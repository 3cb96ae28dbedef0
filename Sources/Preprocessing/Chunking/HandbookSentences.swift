/// The stretches of a text that the LLM Engineers Handbook makes chunks and extracts of, as UTF-8 byte ranges, with the
/// lengths and classes of characters that Python has.
///
/// Sentences are split at `(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?|\!)\s` and joined with a space each. Once a sentence
/// would bring more than the greatest length, what has been joined is a stretch if it is long enough, and is dropped
/// otherwise; the same at the end. A sentence that is longer by itself is not cut. The stretch goes from its first sentence
/// to its last, whatever white space stands between them.
package func handbookRanges(of text: String, characters: ClosedRange<Int> = 1000...2000) -> [Range<Int>] {
  let scalars = Array(text.unicodeScalars)
  var offsets = [0]
  offsets.reserveCapacity(scalars.count + 1)
  for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
  var found: [Range<Int>] = []
  var current: (range: Range<Int>, length: Int)?
  func emit() {
    guard let current, current.length >= characters.lowerBound else { return }
    found.append(offsets[current.range.lowerBound]..<offsets[current.range.upperBound])
  }
  for sentence in handbookSentences(scalars) {
    // Each sentence counts with the space after it, as it is joined.
    if let joined = current, joined.length + sentence.count <= characters.upperBound {
      current = (joined.range.lowerBound..<sentence.upperBound, joined.length + sentence.count + 1)
    } else {
      emit()
      current = (sentence, sentence.count + 1)
    }
  }
  emit()
  return found
}

/// The sentences without the white space around them, and without empty ones, as ranges of scalars.
private func handbookSentences(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
  var sentences: [Range<Int>] = []
  var start = 0
  func add(_ range: Range<Int>) {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isPythonSpace(scalars[low].value) { low += 1 }
    while high > low, isPythonSpace(scalars[high - 1].value) { high -= 1 }
    if low < high { sentences.append(low..<high) }
  }
  for index in scalars.indices where isSplit(scalars, at: index) {
    add(start..<index)
    start = index + 1
  }
  add(start..<scalars.count)
  return sentences
}

/// Whether the pattern matches the one scalar at `index`.
private func isSplit(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
  guard index > 0, isPythonSpace(scalars[index].value) else { return false }
  guard [".", "?", "!"].contains(scalars[index - 1]) else { return false }
  if index >= 4, isPythonWord(scalars[index - 4]), scalars[index - 3] == ".", isPythonWord(scalars[index - 2]) {
    return false
  }
  let isTitle =
    index >= 3 && scalars[index - 1] == "." && ("A"..."Z").contains(scalars[index - 3])
    && ("a"..."z").contains(scalars[index - 2])
  return !isTitle
}

/// `\w` of Python's `re` for text.
private func isPythonWord(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "_": true
  default: !scalar.isASCII && isPythonWordCharacter(scalar)
  }
}
