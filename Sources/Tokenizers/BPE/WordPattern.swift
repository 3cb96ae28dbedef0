/// How a byte-level model's text is cut into words before pairs are joined: the patterns that such models use, written
/// out by hand, since a general engine of regular expressions would take most of the time.
enum WordPattern: Sendable, Hashable {
  /// GPT-2's: contractions, and runs of letters, of numbers and of other characters with a space before them.
  case gpt2
  /// The one of cl100k, Llama 3 and Qwen 2: contractions in any case, runs of letters with any one character before them,
  /// numbers of so many digits at most, and line breaks with the marks or the white space before them.
  case cl100k(digits: Int)
  /// Each number character by itself, or runs of them (the step `Digits`).
  case digits(individual: Bool)

  /// The pattern of a regular expression of a file; nil if it is none of those that are known.
  init?(regularExpression: String) {
    let numbers: [(digits: Int, pattern: String)] = [(3, #"\p{N}{1,3}"#), (1, #"\p{N}"#)]
    let known = numbers.first {
      regularExpression == #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + $0.pattern
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }
    if let known {
      self = .cl100k(digits: known.digits)
    } else if regularExpression
      == #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    {
      self = .gpt2
    } else {
      return nil
    }
  }

  /// Where the piece that begins at the start of `text` ends; `text` is valid UTF-8 and not empty.
  func end(in text: Span<UInt8>) -> Int {
    switch self {
    case .gpt2: text.gpt2End()
    case .cl100k(let digits): text.cl100kEnd(digits)
    case .digits(let individual): text.digitsEnd(individual)
    }
  }
}

// Where the piece at the start of a text ends.
extension Span<UInt8> {
  fileprivate func gpt2End() -> Int {
    if let end = contractionEnd(ignoringCase: false) { return end }
    let first = self[0] == UInt8(ascii: " ") ? 1 : 0
    guard first < count else { return 1 }
    let kind = classes(at: first)
    if kind.contains(.letter) { return run(from: first) { $0.contains(.letter) } }
    if kind.contains(.number) { return run(from: first) { $0.contains(.number) } }
    if kind.contains(.space) { return spacesEnd() }
    return run(from: first) { $0.isDisjoint(with: [.space, .letter, .number]) }
  }

  fileprivate func cl100kEnd(_ digits: Int) -> Int {
    if let end = contractionEnd(ignoringCase: true) { return end }
    let kind = classes(at: 0)
    if kind.contains(.letter) { return run(from: 0) { $0.contains(.letter) } }
    let next = length(at: 0)
    if kind.isDisjoint(with: .number), !isLineBreak(0), next < count, classes(at: next).contains(.letter) {
      return run(from: next) { $0.contains(.letter) }
    }
    if kind.contains(.number) { return run(from: 0, atMost: digits) { $0.contains(.number) } }
    let marks = self[0] == UInt8(ascii: " ") ? 1 : 0
    if marks < count, classes(at: marks).isDisjoint(with: [.space, .letter, .number]) {
      var end = run(from: marks) { $0.isDisjoint(with: [.space, .letter, .number]) }
      while end < count, isLineBreak(end) { end += 1 }
      return end
    }
    // `\s*[\r\n]+`: up to the last line break of the white space.
    var end = run(from: 0) { $0.contains(.space) }
    while end > 0, !isLineBreak(end - 1) { end -= 1 }
    return end > 0 ? end : spacesEnd()
  }

  fileprivate func digitsEnd(_ individual: Bool) -> Int {
    guard classes(at: 0).contains(.digit) else { return run(from: 0) { $0.isDisjoint(with: .digit) } }
    return run(from: 0, atMost: individual ? 1 : .max) { $0.contains(.digit) }
  }

  /// `\s+(?!\S)|\s+`: the last of several spaces before something else is left to it.
  fileprivate func spacesEnd() -> Int {
    var (end, last, position) = (0, 0, 0)
    while position < count, classes(at: position).contains(.space) {
      last = position
      position += length(at: position)
      end = position
    }
    return end < count && last > 0 ? last : end
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d`.
  fileprivate func contractionEnd(ignoringCase: Bool) -> Int? {
    guard self[0] == UInt8(ascii: "'"), count > 1 else { return nil }
    // The long s is another case of s (Unicode, CaseFolding.txt), and the only such character.
    if ignoringCase, count > 2, self[1] == 0xC5, self[2] == 0xBF { return 3 }
    func letter(_ position: Int) -> UInt8 {
      guard position < count else { return 0 }
      let byte = self[position]
      return ignoringCase && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
    }
    switch (letter(1), letter(2)) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _): return 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 3
    default: return nil
    }
  }

  fileprivate func isLineBreak(_ position: Int) -> Bool {
    self[position] == 0x0A || self[position] == 0x0D
  }

  fileprivate func run(from start: Int, atMost limit: Int = .max, while belongs: (CharacterClass) -> Bool) -> Int {
    var (position, found) = (start, 0)
    while position < count, found < limit, belongs(classes(at: position)) {
      position += length(at: position)
      found += 1
    }
    return position
  }

  fileprivate func classes(at position: Int) -> CharacterClass {
    self[position] < 0x80
      ? CharacterClass.ascii[Int(self[position])] : CharacterClass.of(decodedScalar(self, at: position))
  }

  fileprivate func length(at position: Int) -> Int { scalarLength(lead: self[position]) }
}
