/// The words that the declarations of a file are found by.
enum Keywords {
  static let types: Set<String> = ["struct", "class", "enum", "actor", "protocol"]

  static let declarations: Set<String> = types.union([
    "extension", "func", "var", "let", "init", "subscript", "typealias", "operator", "macro", "import", "case",
    "associatedtype", "deinit", "precedencegroup",
  ])

  static let modifiers: Set<String> = [
    "private", "fileprivate", "internal", "package", "public", "open", "static", "final", "lazy", "weak", "unowned",
    "override", "mutating", "nonmutating", "nonisolated", "required", "convenience", "dynamic", "optional", "indirect",
    "prefix", "postfix", "infix", "consuming", "borrowing", "isolated", "distributed",
  ]

  static let conditions: Set<String> = ["if", "elseif", "else", "endif", "sourceLocation", "warning", "error"]

  /// Members that code uses without a word, by syntax.
  private static let unspokenBySyntax: Set<String> = [
    "callAsFunction", "dynamicallyCall", "appendInterpolation", "appendLiteral", "wrappedValue", "projectedValue",
    "makeIterator", "makeAsyncIterator", "next", "~=",
  ]

  /// Members that others call through the common protocols.
  private static let witnesses: Set<String> = [
    "hash", "encode", "description", "debugDescription", "hashValue", "errorDescription", "failureReason",
    "recoverySuggestion", "helpAnchor", "rawValue", "allCases", "id", "stringValue", "intValue", "customMirror",
    "itemName",
  ]

  /// Whether the language calls a member of this name without a word; result builders' parts, too.
  static func isUnspokenBySyntax(_ name: String) -> Bool {
    unspokenBySyntax.contains(name) || name.hasPrefix("build")
  }

  /// Whether a member of this name may be called without its name being mentioned, by syntax or through a common
  /// protocol.
  static func isUnspoken(_ name: String) -> Bool { isUnspokenBySyntax(name) || witnesses.contains(name) }
}
