import Domain
import Preprocessing

/// Extracts by the rule of the LLM Engineers Handbook, with the lengths and classes of characters that Python has.
///
/// Sentences are split at `(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?|\!)\s` and joined with a space each. Once a sentence
/// would bring more than 2,000 characters, what has been joined is an extract if it has 1,000 or more, and is dropped
/// otherwise; the same at the end. A sentence that is longer by itself is not cut. The extract is the stretch of the
/// document from its first sentence to its last, whatever white space stands between them.
func handbookExtracts(of document: CleanedDocument, _ bytes: [UInt8]) -> [Extract] {
  let ranges = handbookRanges(of: document.text)
  return ranges.enumerated().map { index, range in
    Extract(of: document, bytes: bytes, range: range, headings: [], ordinal: index)
  }
}

/// The extracts' UTF-8 byte ranges.
func handbookRanges(of text: String) -> [Range<Int>] {
  let scalars = Array(text.unicodeScalars)
  var offsets = [0]
  for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
  var found: [Range<Int>] = []
  var current: (range: Range<Int>, length: Int)?
  func emit() {
    guard let current, current.length >= modelExtractLength.lowerBound else { return }
    found.append(offsets[current.range.lowerBound]..<offsets[current.range.upperBound])
  }
  for sentence in handbookSentences(scalars) {
    // Each sentence counts with the space after it, as it is joined.
    if let joined = current, joined.length + sentence.count <= modelExtractLength.upperBound {
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
    while low < high, isPythonSpace(scalars[low]) { low += 1 }
    while high > low, isPythonSpace(scalars[high - 1]) { high -= 1 }
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
  guard index > 0, isPythonSpace(scalars[index]) else { return false }
  guard [".", "?", "!"].contains(scalars[index - 1]) else { return false }
  if index >= 4, isPythonWord(scalars[index - 4]), scalars[index - 3] == ".", isPythonWord(scalars[index - 2]) {
    return false
  }
  let isTitle =
    index >= 3 && scalars[index - 1] == "." && ("A"..."Z").contains(scalars[index - 3])
    && ("a"..."z").contains(scalars[index - 2])
  return !isTitle
}

/// `\s` of Python's `re` for text, which is `str.isspace`: white space by bidirectional class or category.
private func isPythonSpace(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
  default: false
  }
}

/// `\w` of Python's `re` for text: letters and numbers of any kind (`str.isalnum`), and the underscore.
private func isPythonWord(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "_" { return true }
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: return true
  default: return scalar.properties.numericType != nil
  }
}
