/// The special tokens that a model has before and after each input.
struct TokenFrame: Sendable {
  var before: [Int32] = []
  var after: [Int32] = []

  var count: Int { before.count + after.count }

  init(before: [Int32], after: [Int32]) {
    (self.before, self.after) = (before, after)
  }

  /// Reads the steps of a `post_processor` that add tokens to a single text.
  ///
  /// - Throws: ``TokenizerError``.
  init(_ file: TokenizerFile) throws {
    for component in file.postProcessor {
      switch component.type {
      case "ByteLevel": continue
      case "BertProcessing", "RobertaProcessing":
        guard let first = component.cls, let last = component.sep else {
          throw TokenizerError.invalidFile(path: file.path, reason: "its \(component.type) has no `cls` or no `sep`")
        }
        before.insert(first.id, at: 0)
        after.append(last.id)
      case "TemplateProcessing":
        try read(component.single ?? [], component.special_tokens ?? [:], path: file.path)
      default: throw TokenizerError.unsupported(path: file.path, what: "the post-processor \(component.type)")
      }
    }
  }

  private mutating func read(
    _ pieces: [TokenizerFile.Component.Piece], _ tokens: [String: TokenizerFile.Component.SpecialTokens], path: String
  ) throws {
    var (new, isBehind) = (TokenFrame(before: [], after: []), false)
    for piece in pieces {
      guard let token = piece.SpecialToken else {
        guard !isBehind else { throw TokenizerError.unsupported(path: path, what: "a template with two texts") }
        isBehind = true
        continue
      }
      guard let ids = tokens[token.id]?.ids else {
        throw TokenizerError.invalidFile(path: path, reason: "its template's token \(token.id) is not explained")
      }
      if isBehind { new.after += ids } else { new.before += ids }
    }
    before = new.before + before
    after += new.after
  }

  /// The tokens of a text with those around them.
  ///
  /// - Parameter maximumLength: the most tokens to give; what is over is left out at the end of the text's.
  func encoding(of tokens: [Token], maximumLength: Int?) -> Encoding {
    let kept = tokens.prefix(maximumLength.map { max(0, $0 - count) } ?? tokens.count)
    return Encoding(
      ids: before + kept.map(\.id) + after,
      offsets: before.map { _ in 0..<0 } + kept.map { $0.start..<$0.end } + after.map { _ in 0..<0 },
      fullLength: tokens.count + count)
  }
}
