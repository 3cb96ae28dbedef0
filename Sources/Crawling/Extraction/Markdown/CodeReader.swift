/// Reads blocks of code: the exact text and, when the page names it, the language.
struct CodeReader {
  let tree: HTMLTree
  let dropped: DropMask

  /// The block of code in a `pre` element; nil when it holds none.
  func read(_ pre: HTMLTree.Index) -> Block? {
    var bytes: [UInt8] = []
    append(pre, to: &bytes)
    if !bytes.contains(0x0A), let lines = lineElements(pre), lines.count > 1 {
      bytes = Array(lines.map { line in content(of: line) }.joined(separator: [0x0A]))
    }
    let text = Self.trimmed(bytes)
    return text.isEmpty ? nil : .code(language: language(pre), text: String(decoding: text, as: UTF8.self))
  }

  private func content(of index: HTMLTree.Index) -> [UInt8] {
    var bytes: [UInt8] = []
    append(index, to: &bytes)
    return bytes
  }

  private func append(_ index: HTMLTree.Index, to bytes: inout [UInt8]) {
    for child in tree.children(index) where !dropped[child] {
      switch tree.tag(child) {
      case .text: TextCleaner.appendVerbatim(tree.text(child), to: &bytes)
      case .br: bytes.append(0x0A)
      case .div, .p, .li, .tr, .section:
        if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
        append(child, to: &bytes)
        if bytes.last != 0x0A { bytes.append(0x0A) }
      default: append(child, to: &bytes)
      }
    }
  }

  /// The elements that are one line each, where the line breaks come from the style sheet alone.
  private func lineElements(_ pre: HTMLTree.Index) -> [HTMLTree.Index]? {
    var holder = pre
    if let code = tree.first(.code, in: pre) {
      let siblings = tree.children(tree.parent(code)).filter { tree.tag($0) == .code }
      if siblings.count > 1 { return siblings }
      holder = code
    }
    let lines = tree.children(holder).filter { tree.hasClass($0, in: Self.lines) }
    return lines.isEmpty ? nil : lines
  }

  private static let lines: NameSet = ["line", "code-line", "view-line", "token-line"]

  /// Without empty lines at the start and white space at the end.
  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var start = bytes.startIndex
    for index in bytes.indices {
      if bytes[index] == 0x0A { start = index + 1 } else if !ASCII.isSpace(bytes[index]) { break }
    }
    let end = bytes.lastIndex { !ASCII.isSpace($0) }.map { $0 + 1 } ?? start
    return bytes[min(start, end)..<max(start, end)]
  }

  /// The language that the element, one inside it or one close around it names.
  private func language(_ pre: HTMLTree.Index) -> String? {
    var candidates = [pre]
    if let code = tree.first(.code, in: pre) { candidates.insert(code, at: 0) }
    if let span = tree.children(pre).first(where: { tree.tag($0) == .span }) { candidates.append(span) }
    var parent = tree.parent(pre)
    for _ in 0..<3 where parent > 0 && tree.tag(parent) != .body {
      candidates.append(parent)
      parent = tree.parent(parent)
    }
    for index in candidates {
      if let name = declaredLanguage(index) { return name }
    }
    return nil
  }

  private func declaredLanguage(_ index: HTMLTree.Index) -> String? {
    for name in [AttributeName.dataCodeBlockLang, .dataLang, .dataLanguage] {
      if let value = tree.string(name, of: index), let known = Self.languageName(value[...]) { return known }
    }
    var found: String?
    var previous = ""
    _ = tree.anyClass(of: index) { name in
      for prefix in ["language-", "lang-", "highlight-source-", "brush:", "sourcecode-", "highlight-text-"] {
        if name.hasPrefix(prefix) { found = Self.languageName(name.dropFirst(prefix.count)) }
      }
      if previous == "brush:" || previous == "sourcecode" || previous == "hljs" || previous == "src" {
        found = found ?? Self.languageName(name[...])
      }
      previous = name
      return found != nil
    }
    return found
  }

  /// A name fit for the info string of a fence; nil for values that name no language.
  private static func languageName(_ value: Substring) -> String? {
    let name = value.lowercased().prefix { $0.isLetter || $0.isNumber || "+#-._".contains($0) }
    let none: Set<String> = [
      "", "none", "text", "plain", "plaintext", "auto", "nohighlight", "undefined", "null", "txt", "language",
      "numberlines", "code", "default",
    ]
    return name.utf8.count > 24 || none.contains(String(name)) ? nil : String(name)
  }
}
