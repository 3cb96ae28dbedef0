/// What a text is made of, as far as it matters where it is cut.
enum TextStructure {
  case markdown([MarkdownBlock])
  case code(CodeOutline)
  /// Source code of a language that is not known, by ``codeBlocks(of:)``.
  case unknownCode([MarkdownBlock])

  init(of bytes: [UInt8], _ strategy: ChunkingStrategy, path: String?) {
    guard strategy == .code else {
      self = .markdown(markdownBlocks(of: bytes))
      return
    }
    if let language = CodeLanguage(path: path) {
      self = .code(CodeOutline(bytes, 0..<bytes.count, language))
    } else {
      self = .unknownCode(codeBlocks(of: bytes))
    }
  }
}
