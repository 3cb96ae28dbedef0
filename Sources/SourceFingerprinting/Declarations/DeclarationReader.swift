/// Finds the declarations of a file, those of types with their members, without looking into functions.
struct DeclarationReader {
  private let file: TokenizedFile

  /// The declarations at the top of `file`, and whether some of them stand under `#if`.
  static func declarations(of file: TokenizedFile) -> (found: [Declaration], hasConditions: Bool) {
    DeclarationReader(file: file).read(file.tokens.indices)
  }

  private init(file: TokenizedFile) { self.file = file }

  private func read(_ range: Range<Int>) -> (found: [Declaration], hasConditions: Bool) {
    var hasConditions = false
    var found: [Declaration] = []
    var next = Declaration(kind: .other, tokens: range.lowerBound..<range.lowerBound)
    var index = range.lowerBound
    while index < range.upperBound {
      if let end = file.end(ofBracketAt: index) {
        index = end
      } else if file.isPunctuation(index, "@"), let name = file.name(index + 1) {
        next.attributes.append(name)
        index += 2
        while file.isPunctuation(index, "."), let name = file.name(index + 1) {
          next.attributes.append(name)
          index += 2
        }
      } else if file.isPunctuation(index, "#"), Keywords.conditions.contains(file.word(index + 1) ?? "") {
        hasConditions = true
        index = startOfLine(after: index, in: range)
      } else if let word = file.word(index), !file.isPunctuation(index - 1, ".") {
        if ["public", "package", "open"].contains(word), !file.isPunctuation(index + 1, "(") { next.isExported = true }
        if word == "private" || word == "fileprivate" { next.isPrivate = !file.isPunctuation(index + 1, "(") }
        var declaration = next
        if let end = read(word, at: index, in: range, into: &declaration) {
          declaration.tokens = next.tokens.lowerBound..<end
          if !declaration.names.isEmpty || declaration.kind != .other { found.append(declaration) }
          next = Declaration(kind: .other, tokens: end..<end)
          index = end
        } else {
          index += 1
        }
      } else {
        index += 1
      }
    }
    return (found, hasConditions)
  }

  /// Reads the declaration whose keyword is at `index`; gives its end, or nil if the word begins none.
  private func read(_ word: String, at index: Int, in range: Range<Int>, into found: inout Declaration) -> Int? {
    switch word {
    case "struct", "class", "enum", "actor", "protocol": return readType(index, range, &found)
    case "extension": return readExtension(index, range, &found)
    case "func": return readFunction(index, range, &found)
    case "let", "var": return readVariable(index, range, &found)
    case "init", "subscript": return readCallable(word, index, range, &found)
    case "typealias":
      found.kind = .alias
      found.names = file.name(index + 1).map { [$0] } ?? []
      return endOfStatement(from: index + 1, in: range)
    case "macro", "precedencegroup":
      guard let name = file.name(index + 1) else { return nil }
      found.names = [name]
      return endOfStatement(from: index + 1, in: range)
    case "operator":
      guard index + 1 < range.upperBound, file.tokens[index + 1].kind == .operator else { return nil }
      found.names = [file.text(index + 1)]
      return file.isPunctuation(index + 2, ":") ? min(index + 4, range.upperBound) : index + 2
    case "import": return readImport(index, range, &found)
    case "case", "associatedtype", "deinit": return endOfStatement(from: index, in: range)
    default: return nil
    }
  }

  // MARK: The kinds

  private func readType(_ index: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int? {
    guard let name = file.name(index + 1), let brace = brace(from: index + 2, in: range) else { return nil }
    // `class func`, `class var`: a modifier.
    guard let word = file.word(index + 1), !Keywords.declarations.contains(word), !Keywords.modifiers.contains(word)
    else { return nil }
    found.kind = .type
    found.isInheritable = ["protocol", "class"].contains(file.word(index))
    found.names = [name]
    return readBody(at: brace, header: index + 2, &found)
  }

  private func readExtension(_ index: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int? {
    guard let brace = brace(from: index + 1, in: range) else { return nil }
    found.kind = .extension
    var next = index + 1
    while let name = file.name(next) {
      found.names.append(name)
      guard file.isPunctuation(next + 1, ".") else { break }
      next += 2
    }
    return readBody(at: brace, header: index + 1, &found)
  }

  private func readBody(at brace: Int, header: Int, _ found: inout Declaration) -> Int? {
    guard let end = file.end(ofBracketAt: brace) else { return nil }
    found.header = header..<brace
    found.inherited = inherited(header..<brace)
    found.body = (brace + 1)..<(end - 1)
    (found.members, found.hasConditions) = read((brace + 1)..<(end - 1))
    return end
  }

  private func readFunction(_ index: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int? {
    guard index + 1 < range.upperBound else { return nil }
    found.kind = .function
    if let name = file.name(index + 1) {
      found.names = [name]
    } else {
      // `func ==<T>(…)` is one operator token to the lexer.
      let name = file.text(index + 1)
      found.names = name.hasSuffix("<") && name.utf8.count > 1 ? [name, String(name.dropLast())] : [name]
    }
    return readParametersAndBody(from: index + 2, range, &found)
  }

  private func readCallable(
    _ word: String, _ index: Int, _ range: Range<Int>, _ found: inout Declaration
  ) -> Int? {
    found.kind = word == "init" ? .initializer : .subscript
    var open = index + 1
    while open < min(range.upperBound, index + 24), !file.isPunctuation(open, "(") { open += 1 }
    guard file.isPunctuation(open, "("), let close = file.end(ofBracketAt: open) else { return nil }
    found.label = requiredLabel((open + 1)..<(close - 1), ofSubscript: word == "subscript")
    return readParametersAndBody(from: open, range, &found)
  }

  private func readParametersAndBody(from start: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int {
    let end = endOfStatement(from: start, in: range, stopsAfterBraces: true)
    if file.isPunctuation(end - 1, "}"), let brace = brace(from: start, in: start..<end) {
      found.body = (brace + 1)..<(end - 1)
    }
    return end
  }

  private func readVariable(_ index: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int {
    found.kind = .variable
    let end = endOfStatement(from: index + 1, in: range)
    if let name = file.name(index + 1) {
      found.names = [name]
    } else if let close = file.end(ofBracketAt: index + 1) {
      found.names = (index + 1..<close).compactMap(file.name)
    }
    for comma in index..<end where file.isPunctuation(comma, ",") {
      guard let name = file.name(comma + 1), comma + 2 < end else { continue }
      if file.isPunctuation(comma + 2, ":") || file.text(comma + 2) == "=" { found.names.append(name) }
    }
    return end
  }

  private func readImport(_ index: Int, _ range: Range<Int>, _ found: inout Declaration) -> Int? {
    var name = index + 1
    if let word = file.word(name), Keywords.declarations.contains(word), file.word(name + 1) != nil { name += 1 }
    guard let module = file.name(name) else { return nil }
    found.kind = .importing
    found.names = [module]
    var end = name + 1
    while file.isPunctuation(end, "."), end + 1 < range.upperBound { end += 2 }
    return end
  }

  // MARK: Parts

  /// The names after the colon of a header, up to its `where`.
  private func inherited(_ header: Range<Int>) -> [String] {
    var depth = 0
    var names: [String] = []
    var isInClause = false
    for index in header {
      if file.tokens[index].kind == .operator, file.text(index) != "->" {
        for byte in file.bytes[file.tokens[index].range] {
          depth += byte == UInt8(ascii: "<") ? 1 : byte == UInt8(ascii: ">") ? -1 : 0
        }
      } else if depth == 0, file.isPunctuation(index, ":") {
        isInClause = true
      } else if file.word(index) == "where" {
        break
      } else if isInClause, let name = file.name(index) {
        names.append(name)
      }
    }
    return names
  }

  /// The label of the first parameter if a call cannot leave it out.
  private func requiredLabel(_ parameters: Range<Int>, ofSubscript: Bool) -> String? {
    let first = parameters.first.flatMap(file.name) ?? "_"
    guard first != "_" else { return nil }
    if ofSubscript && file.word(parameters.lowerBound + 1) == nil { return nil }
    for index in parameters {
      if file.isPunctuation(index, ",") { break }
      if file.tokens[index].kind == .operator, ["=", "..."].contains(file.text(index)) { return nil }
    }
    return first
  }

  /// The next opening brace that is not in other brackets.
  private func brace(from start: Int, in range: Range<Int>) -> Int? {
    var index = start
    while index < range.upperBound {
      if file.isPunctuation(index, "{") { return index }
      index = file.end(ofBracketAt: index) ?? index + 1
    }
    return nil
  }

  /// Where the next declaration begins, or right after the first braces if those end the statement.
  private func endOfStatement(from start: Int, in range: Range<Int>, stopsAfterBraces: Bool = false) -> Int {
    var index = start
    while index < range.upperBound {
      if let end = file.end(ofBracketAt: index) {
        if stopsAfterBraces, file.isPunctuation(index, "{") { return end }
        index = end
      } else if file.isPunctuation(index, ";") {
        return index + 1
      } else if index > start, beginsDeclaration(index) {
        return index
      } else {
        index += 1
      }
    }
    return range.upperBound
  }

  private func beginsDeclaration(_ index: Int) -> Bool {
    guard file.tokens[index].startsLine, !file.tokens[index - 1].needsOperand(in: file.bytes) else { return false }
    if file.isPunctuation(index, "@") { return true }
    if file.isPunctuation(index, "#") { return Keywords.conditions.contains(file.word(index + 1) ?? "") }
    guard let word = file.word(index) else { return false }
    return Keywords.declarations.contains(word) || Keywords.modifiers.contains(word)
  }

  private func startOfLine(after index: Int, in range: Range<Int>) -> Int {
    var next = index + 1
    while next < range.upperBound, !file.tokens[next].startsLine { next += 1 }
    return next
  }
}
