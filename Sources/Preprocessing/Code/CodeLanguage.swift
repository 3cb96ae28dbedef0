/// What of a programming language tells where its declarations begin and end.
struct CodeLanguage: Sendable {
  /// How a body is marked off.
  enum Nesting: Sendable {
    /// By braces and other brackets.
    case brackets
    /// By indentation; by brackets within expressions.
    case indentation
  }

  /// A kind of string that may hold line feeds, or `#` and brackets.
  enum Quotes: Sendable {
    /// `"` and `'`, each to its own kind within a line.
    case both
    /// `"` within a line; `'` around one character, which may be escaped.
    case doubleAndCharacter
  }

  /// How a body is marked off.
  var nesting: Nesting
  /// What begins a comment that ends with its line.
  var lineComments: [[UInt8]]
  /// Whether `/*` and `*/` enclose comments.
  var hasBlockComments: Bool
  /// Whether such comments nest.
  var nestsComments = false
  /// Its strings.
  var quotes: Quotes
  /// Whether three quotes enclose strings of several lines.
  var hasTripleQuotes = false
  /// Whether backticks enclose strings of several lines, and whether a backslash escapes in them.
  var backticks: (areStrings: Bool, escape: Bool) = (false, false)
  /// Whether number signs around quotes make other quotes and escapes mere text.
  var hasRawStrings = false
  /// The words that begin a declaration, after ``modifiers``.
  var declarations: Set<String>
}

extension CodeLanguage {
  /// The language of a file, by the end of its path; nil if it is none of those that are known.
  init?(path: String?) {
    guard let name = path?.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return nil }
    self.init(name: String(name[name.index(after: dot)...]))
  }

  /// A language by its name or the usual end of its files, as code fences say it.
  init?(name: String) {
    guard let language = Self.byName[name.lowercased()] else { return nil }
    self = language
  }

  private static let byName: [String: CodeLanguage] = {
    let names: [(CodeLanguage, String)] = [
      (python, "py pyi python python3"), (ruby, "rb rake ruby"), (shell, "sh bash zsh shell console"),
      (javaScript, "js jsx mjs cjs ts tsx mts cts javascript typescript"), (java, "java"), (kotlin, "kt kts kotlin"),
      (c, "c h cc cpp cxx hh hpp hxx m mm c++ objc"), (cSharp, "cs csharp c#"), (go, "go golang"), (rust, "rs rust"),
      (swift, "swift"), (php, "php"), (scala, "scala sc"),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { language, names in
        names.split(separator: " ").map { (String($0), language) }
      })
  }()

  private static let slashes = [Array("//".utf8)]
  private static let sign = [[ASCII.numberSign]]

  private static let python = CodeLanguage(
    nesting: .indentation, lineComments: sign, hasBlockComments: false, quotes: .both, hasTripleQuotes: true,
    declarations: ["def", "class"])
  private static let ruby = CodeLanguage(
    nesting: .indentation, lineComments: sign, hasBlockComments: false, quotes: .both,
    declarations: ["def", "class", "module"])
  private static let shell = CodeLanguage(
    nesting: .indentation, lineComments: sign, hasBlockComments: false, quotes: .both, declarations: ["function"])
  private static let javaScript = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, quotes: .both, backticks: (true, true),
    declarations: ["function", "class", "interface", "enum", "namespace", "type", "get", "set"])
  private static let java = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, quotes: .doubleAndCharacter,
    hasTripleQuotes: true, declarations: ["class", "interface", "enum", "record", "@interface"])
  private static let kotlin = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, nestsComments: true, quotes: .doubleAndCharacter,
    hasTripleQuotes: true, declarations: ["class", "interface", "object", "fun", "typealias", "constructor", "init"])
  private static let c = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, quotes: .doubleAndCharacter,
    declarations: ["class", "struct", "enum", "union", "namespace", "typedef", "template", "using"])
  private static let cSharp = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, quotes: .doubleAndCharacter,
    hasTripleQuotes: true,
    declarations: ["class", "struct", "enum", "interface", "record", "namespace", "delegate"])
  private static let go = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, quotes: .doubleAndCharacter,
    backticks: (true, false), declarations: ["func", "type"])
  private static let rust = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, nestsComments: true, quotes: .doubleAndCharacter,
    hasRawStrings: true,
    declarations: ["fn", "struct", "enum", "trait", "impl", "mod", "union", "type", "macro_rules!"])
  private static let swift = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, nestsComments: true, quotes: .doubleAndCharacter,
    hasTripleQuotes: true, hasRawStrings: true,
    declarations: [
      "func", "class", "struct", "enum", "protocol", "extension", "actor", "init", "deinit", "subscript", "typealias",
      "macro",
    ])
  private static let php = CodeLanguage(
    nesting: .brackets, lineComments: slashes + sign, hasBlockComments: true, quotes: .both,
    declarations: ["function", "class", "interface", "trait", "enum", "namespace"])
  private static let scala = CodeLanguage(
    nesting: .brackets, lineComments: slashes, hasBlockComments: true, nestsComments: true, quotes: .doubleAndCharacter,
    hasTripleQuotes: true, declarations: ["def", "class", "object", "trait", "enum", "type", "given", "extension"])

  /// The words that stand before the word that declares, in any of the languages.
  static let modifiers: Set<String> = [
    "public", "private", "protected", "internal", "open", "fileprivate", "package", "export", "default", "declare",
    "static", "final", "abstract", "sealed", "virtual", "override", "async", "await", "inline", "extern", "const",
    "constexpr", "consteval", "unsafe", "pub", "crate", "mutating", "nonmutating", "nonisolated", "indirect", "lazy",
    "weak", "convenience", "required", "dynamic", "data", "inner", "suspend", "operator", "infix", "tailrec",
    "companion",
    "partial", "readonly", "synchronized", "native", "strictfp", "transient", "volatile", "implicit", "case", "friend",
    "explicit", "typename", "unowned", "borrowing", "consuming", "distributed", "ref", "new", "local",
  ]
}
