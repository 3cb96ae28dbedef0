/// Finds what units mention.
struct MentionReader {
  /// The names that lead anywhere.
  let names: Set<String>
  /// The protocols and classes from elsewhere that the read sources implement.
  let foreign: Set<String>
  private let operators: [String]

  init(names: Set<String>, foreign: Set<String>) {
    self.names = names
    self.foreign = foreign
    operators = names.filter { name in
      name != Mentions.initializer && !(name.utf8.first.map { CharacterClass.continuesName($0) || $0 >= 0x80 } ?? true)
    }
  }

  /// - Parameter isMacro: whether texts are code, too, as those that a macro expands to are.
  func mentions(of unit: SourceUnit, in source: SourceFile, isMacro: Bool) -> Mentions {
    guard let file = source.tokenized else { return everyMention(in: source.bytes) }
    var found = Mentions()
    for index in unit.tokens.joined() {
      let token = file.tokens[index]
      switch token.kind {
      case .identifier: add(at: index, in: file, isPipeline: unit.isPipeline, to: &found)
      case .operator:
        guard !operators.isEmpty else { continue }
        let text = file.text(index)
        for name in operators where text.contains(name) { found.names.insert(name) }
      case .pattern: add(words: file.bytes[token.range], to: &found)
      case .text: if isMacro { add(words: file.bytes[token.range], to: &found) }
      case .number, .quote, .punctuation: continue
      }
    }
    return found
  }

  private func add(at index: Int, in file: TokenizedFile, isPipeline: Bool, to found: inout Mentions) {
    guard let name = file.name(index) else { return }
    let isMember = file.isPunctuation(index - 1, ".")
    if name == "init" {
      if isMember { found.names.insert(Mentions.initializer) }
      return
    }
    add(name, isMember: isMember, to: &found)
    // `$x` and `_x` are parts of a wrapped `x`.
    if name.hasPrefix("$") || name.hasPrefix("_") { add(String(name.dropFirst()), isMember: isMember, to: &found) }
    if file.isPunctuation(index + 1, "(") || (index + 1 < file.tokens.count && file.text(index + 1).hasPrefix("<")) {
      let call = Mentions.call(of: name)
      if names.contains(call) { found.names.insert(call) }
    }
    if foreign.contains(name), isPipeline || file.word(index - 1) == "any" { found.foreign.insert(name) }
  }

  private func add(_ name: String, isMember: Bool, to found: inout Mentions) {
    guard names.contains(name) else { return }
    found.names.insert(name)
    if isMember { found.members.insert(name) }
  }

  /// Words of which it is not known how they are meant.
  private func add(words bytes: ArraySlice<UInt8>, to found: inout Mentions) {
    for word in bytes.split(whereSeparator: { !CharacterClass.continuesName($0) && $0 < 0x80 }) {
      let name = String(decoding: word, as: UTF8.self)
      for mention in [name, Mentions.call(of: name)] { add(mention, isMember: true, to: &found) }
    }
  }

  /// What a file may mention of which only the bytes are known: whatever of it stands anywhere in them.
  private func everyMention(in bytes: [UInt8]) -> Mentions {
    let text = String(decoding: bytes, as: UTF8.self)
    var found = Mentions(foreign: foreign)
    found.names = names.filter { name in
      name == Mentions.initializer || text.contains(name.hasSuffix("(") ? String(name.dropLast()) : name)
    }
    found.members = found.names
    return found
  }
}
