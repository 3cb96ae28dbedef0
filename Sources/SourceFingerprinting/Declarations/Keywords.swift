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

  /// Members that code uses without a word: wherever they are declared for a type of somebody else's, or may be called
  /// through one of ours, nothing can be said of who reaches them.
  static let unspoken: Set<String> = [
    "callAsFunction", "dynamicallyCall", "appendInterpolation", "appendLiteral", "wrappedValue", "projectedValue",
    "makeIterator", "makeAsyncIterator", "next", "hash", "encode", "description", "debugDescription", "~=",
  ]

  /// Result builders' parts, called without a word, too.
  static func isUnspoken(_ name: String) -> Bool { unspoken.contains(name) || name.hasPrefix("build") }
}
