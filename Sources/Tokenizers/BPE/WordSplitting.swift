/// How a byte-level model's text is cut into words: the steps of its `pre_tokenizer`, one after the other.
struct WordSplitting: Sendable {
  private enum Step {
    case pattern(WordPattern)
    /// A space is put before what does not begin with one.
    case prefix
  }

  private var steps: [Step] = []

  /// - Throws: ``TokenizerError/unsupported(path:what:)``.
  init(_ file: TokenizerFile) throws {
    func unsupported(_ what: String) -> TokenizerError { .unsupported(path: file.path, what: what) }
    var isByteLevel = false
    for component in file.preTokenizer {
      switch component.type {
      case "ByteLevel":
        isByteLevel = true
        if component.add_prefix_space ?? true { steps.append(.prefix) }
        if component.use_regex ?? true { steps.append(.pattern(.gpt2)) }
      case "Digits": steps.append(.pattern(.digits(individual: component.individual_digits ?? false)))
      case "Split":
        let expression = component.pattern?.Regex ?? ""
        guard let pattern = WordPattern(regularExpression: expression) else {
          throw unsupported("the pattern `\(expression)`")
        }
        guard component.behavior == "Isolated" else {
          throw unsupported("the split behavior \(component.behavior ?? "")")
        }
        steps.append(.pattern(pattern))
      default: throw unsupported("the pre-tokenizer \(component.type)")
      }
    }
    guard isByteLevel else { throw unsupported("byte pairs without the pre-tokenizer ByteLevel") }
  }

  /// Calls `body` with each word and where it stands; of a word with a space put before it the space stands nowhere.
  func forEachWord(in text: Span<UInt8>, at offset: Int, _ body: (Span<UInt8>, Int) -> Void) {
    forEachWord(in: text, at: offset, from: 0, body)
  }

  private func forEachWord(
    in text: Span<UInt8>, at offset: Int, from step: Int, _ body: (Span<UInt8>, Int) -> Void
  ) {
    guard !text.isEmpty else { return }
    guard step < steps.count else { return body(text, offset) }
    switch steps[step] {
    case .prefix:
      guard text[0] != UInt8(ascii: " ") else { return forEachWord(in: text, at: offset, from: step + 1, body) }
      var prefixed: [UInt8] = [UInt8(ascii: " ")]
      prefixed.reserveCapacity(text.count + 1)
      for index in 0..<text.count { prefixed.append(text[index]) }
      forEachWord(in: prefixed.span, at: offset - 1, from: step + 1, body)
    case .pattern(let pattern):
      var start = 0
      while start < text.count {
        let rest = text.extracting(start...)
        let end = start + pattern.end(in: rest)
        forEachWord(in: text.extracting(start..<end), at: offset + start, from: step + 1, body)
        start = end
      }
    }
  }
}
