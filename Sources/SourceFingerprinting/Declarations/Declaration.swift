/// What a declaration says of itself, as far as other code can get at it.
struct Declaration: Equatable, Sendable {
  enum Kind: Sendable {
    /// A struct, class, enum, actor or protocol.
    case type
    case `extension`
    case function
    case variable
    case initializer
    case `subscript`
    case alias
    /// A macro, operator or precedence group.
    case other
    case importing
  }

  var kind: Kind
  /// What it declares; of an extension the components of the extended type; of an import the module.
  var names: [String] = []
  /// The names after `@` in front of it.
  var attributes: [String] = []
  /// Private or private to the file.
  var isPrivate = false
  /// Whether other modules may name it.
  var isExported = false
  /// Whether code may use it without its name.
  var isUnspoken: Bool {
    switch kind {
    case .function, .variable: names.contains { Keywords.isUnspoken($0) || !CharacterClass.isName($0) }
    case .subscript: label == nil
    case .initializer, .type, .alias, .importing: false
    case .extension, .other: true
    }
  }
  /// Who may name it.
  var access: Anchor.Access { isPrivate ? .file : isExported ? .everywhere : .module }
  /// Whether it is a protocol or class, so that other types may have its members.
  var isInheritable = false
  /// The names in the inheritance clause.
  var inherited: [String] = []
  /// The tokens from the type's name on to its body.
  var header = 0..<0
  /// The argument label that every call of an initialiser or subscript must write; nil if there is none.
  var label: String?
  /// Its tokens, with attributes and modifiers.
  var tokens: Range<Int>
  /// The tokens between the braces of a type, extension, function or initialiser.
  var body: Range<Int>?
  /// What stands in the body of a type or extension.
  var members: [Declaration] = []
  /// Whether some of them stand under `#if`.
  var hasConditions = false
}
