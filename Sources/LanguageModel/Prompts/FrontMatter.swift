/// What stands between the two lines `---` of a prompt file: a small and strict part of YAML, which is a key and a word or
/// a list of words on each line, or a list of lines that begin with `- `.
struct FrontMatter {
  private(set) var name = ""
  private(set) var version = "1"
  private(set) var modelFamily: String?
  private(set) var inputs: [(name: String, line: Int)] = []
  /// The index of the first line behind it.
  private(set) var end = 0

  private static let keys = ["name", "version", "model_family", "inputs", "description"]

  /// - Throws: ``PromptError``.
  init(_ lines: [String], file: String) throws {
    guard lines.first == "---", let close = lines.dropFirst().firstIndex(of: "---") else {
      throw PromptError.badLine(
        file: file, line: 1, reason: "a prompt begins with front matter between two lines `---`, which names its inputs"
      )
    }
    var seen: Set<String> = []
    var list: String?
    for (index, line) in lines[..<close].enumerated().dropFirst() {
      let number = index + 1
      let text = line.trimmed
      if text.isEmpty || text.hasPrefix("#") { continue }
      if text.hasPrefix("- ") {
        guard list == "inputs" else {
          throw PromptError.badLine(file: file, line: number, reason: "only `inputs` takes a list")
        }
        try add(String(text.dropFirst(2)).trimmed, line: number, file: file)
        continue
      }
      guard let colon = text.firstIndex(of: ":"), line.first != " " else {
        throw PromptError.badLine(file: file, line: number, reason: "this is no `key: value`")
      }
      let key = String(text[..<colon])
      guard Self.keys.contains(key) else {
        throw PromptError.unknownKey(file: file, line: number, key: key, known: Self.keys)
      }
      guard seen.insert(key).inserted else {
        throw PromptError.badLine(file: file, line: number, reason: "`\(key)` stands twice")
      }
      list = key
      try set(key, String(text[text.index(after: colon)...]).trimmed, line: number, file: file)
    }
    for key in ["name", "inputs"] where !seen.contains(key) {
      throw PromptError.badLine(file: file, line: 1, reason: "the front matter has no `\(key)`")
    }
    guard !name.isEmpty else { throw PromptError.badLine(file: file, line: 1, reason: "`name` is empty") }
    end = close + 1
  }

  private mutating func set(_ key: String, _ value: String, line: Int, file: String) throws {
    switch key {
    case "name": name = value.unquoted
    case "version": version = value.unquoted
    case "model_family": modelFamily = value.isEmpty ? nil : value.unquoted
    case "inputs" where value.hasPrefix("[") && value.hasSuffix("]"):
      for word in value.dropFirst().dropLast().split(separator: ",") {
        try add(String(word).trimmed, line: line, file: file)
      }
    case "inputs":
      guard value.isEmpty else {
        throw PromptError.badLine(
          file: file, line: line, reason: "`inputs` must be a list, as in [question, context]")
      }
    default: break  // A description is for people.
    }
  }

  private mutating func add(_ word: String, line: Int, file: String) throws {
    let name = word.unquoted
    guard isHoleName(name) else {
      throw PromptError.badLine(
        file: file, line: line, reason: "`\(name)` is no name for an input: take letters, digits and _")
    }
    guard !inputs.contains(where: { $0.name == name }) else {
      throw PromptError.badLine(file: file, line: line, reason: "the input `\(name)` stands twice")
    }
    inputs.append((name, line))
  }
}

/// Whether a name can stand in a hole: letters, digits and `_` of ASCII, no digit first.
func isHoleName(_ name: some StringProtocol) -> Bool {
  guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
  return name.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension String {
  /// Without spaces and tabs at its ends.
  fileprivate var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }

  /// Without a pair of quotes around it.
  fileprivate var unquoted: String {
    for quote in ["\"", "'"] where count >= 2 && hasPrefix(quote) && hasSuffix(quote) {
      return String(dropFirst().dropLast())
    }
    return self
  }
}
