import SwiftSyntax

/// What stands in one member of a pipeline, and what it mentions.
final class CodeText: SyntaxVisitor {
  /// The tokens, so that white space, comments and line breaks that mean nothing leave them as they are.
  private(set) var bytes: [UInt8] = []
  /// What other declarations it may mean: names that are not its own, types, members, operators.
  private(set) var names: Set<String> = []
  /// The members of the pipeline that it means, if they exist: by bare name, or after `self` or the type.
  private(set) var ownNames: Set<String> = []
  /// The names among these that must be found somewhere: if not in the type's body, then in an extension of it.
  private(set) var valueNames: Set<String> = []
  /// Whether it makes another pipeline of this type.
  private(set) var makesAnother = false
  /// Whether it hands the whole pipeline, or its type, to code elsewhere.
  private(set) var handsOver = false
  /// Whether it uses macros, of which nobody knows what they add.
  private(set) var usesMacros = false

  private let typeName: String
  private let locals: LocalNames
  private var isInCondition = false

  init(_ member: some SyntaxProtocol, of typeName: String) {
    self.typeName = typeName
    locals = LocalNames(member: Syntax(member))
    super.init(viewMode: .sourceAccurate)
    walk(member)
  }

  // MARK: Tokens

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    // An operator between two things and one before a thing have the same text.
    switch token.tokenKind {
    case .binaryOperator: append("\u{2}")
    case .prefixOperator: append("\u{3}")
    case .postfixOperator: append("\u{4}")
    default: break
    }
    append(token.text)
    if let name = mention(token) { names.formUnion(spellings(of: name)) }
    return .skipChildren
  }

  /// Where a statement or a member begins: the line breaks that mean something.
  override func visit(_ node: CodeBlockItemSyntax) -> SyntaxVisitorContinueKind {
    append("\u{1}")
    return .visitChildren
  }

  override func visit(_ node: MemberBlockItemSyntax) -> SyntaxVisitorContinueKind {
    append("\u{1}")
    return .visitChildren
  }

  private func append(_ text: String) {
    bytes += Array(text.utf8) + [0]
  }

  /// The name that a token may mean as a declaration elsewhere.
  private func mention(_ token: TokenSyntax) -> String? {
    switch token.tokenKind {
    case .binaryOperator(let name), .prefixOperator(let name), .postfixOperator(let name): return name
    case .dollarIdentifier(let name): return name.isClosureArgument ? nil : name
    case .keyword(.Self): return typeName
    case .identifier: break
    default: return nil
    }
    let name = token.plainName
    guard let parent = token.parent else { return name }
    switch parent.kind {
    // Names that are declared here. The labels of a call may tell an initializer, and stay.
    case .functionParameter, .closureParameter, .closureShorthandParameter, .tupleTypeElement, .enumCaseParameter,
      .labeledStmt, .breakStmt, .continueStmt, .identifierPattern,
      .closureCapture, .functionDecl, .accessorParameters, .precedenceGroupRelation:
      return nil
    case .declReferenceExpr: return parent.isBareReference && locals.contain(name, at: parent) ? nil : name
    default: return name
    }
  }

  /// A name, and what it is the short form of: `$text` and `_text` are parts of a wrapped `text`.
  private func spellings(of name: String) -> [String] {
    name.hasPrefix("$") || name.hasPrefix("_") ? [name, String(name.dropFirst())] : [name]
  }

  /// The call of a type, `Name(`, as fingerprints tell it from the type: it means an initializer without labels.
  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    var called = node.calledExpression
    if let specialized = called.as(GenericSpecializationExprSyntax.self) { called = specialized.expression }
    let reference = called.as(MemberAccessExprSyntax.self)?.declName ?? called.as(DeclReferenceExprSyntax.self)
    guard let token = reference?.baseName else { return .visitChildren }
    let name = token.tokenKind == .keyword(.Self) ? typeName : token.plainName
    if !name.isLowercase { names.insert("\(name)(") }
    return .visitChildren
  }

  // MARK: References

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    guard Syntax(node).isBareReference, !isInCondition else { return .visitChildren }
    switch node.baseName.tokenKind {
    case .keyword(.self): handsOver = handsOver || !node.isBaseOfMember
    case .keyword(.Self): refer(toTypeBy: node)
    case .identifier where node.baseName.plainName == typeName: refer(toTypeBy: node)
    case .identifier, .binaryOperator, .prefixOperator, .postfixOperator:
      refer(to: node.baseName.plainName, at: Syntax(node))
    case .dollarIdentifier(let name) where !name.isClosureArgument: refer(to: name, at: Syntax(node))
    default: break
    }
    return .visitChildren
  }

  private func refer(to name: String, at node: Syntax) {
    guard !locals.contain(name, at: node) else { return }
    ownNames.insert(name)
    valueNames.insert(name)
  }

  /// `Self(…)` makes another one; `Self.name` means a member; anything else gives the type away.
  private func refer(toTypeBy node: DeclReferenceExprSyntax) {
    if node.parent?.as(FunctionCallExprSyntax.self)?.calledExpression.id == ExprSyntax(node).id {
      makesAnother = true
    } else if !node.isBaseOfMember {
      handsOver = true
    }
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    let name = node.declName.baseName
    let base = node.base?.as(DeclReferenceExprSyntax.self)?.baseName
    let isType = base.map { $0.tokenKind == .keyword(.Self) || $0.plainName == typeName } ?? false
    if name.tokenKind == .keyword(.`init`) {
      names.insert(".init")
      makesAnother = makesAnother || isType || node.base == nil
    } else if isType, name.tokenKind == .keyword(.self) {
      handsOver = true
    } else if base?.tokenKind == .keyword(.self) {
      ownNames.insert(name.plainName)
      valueNames.insert(name.plainName)
    } else if isType || node.base == nil {
      ownNames.insert(name.plainName)
    }
    return .visitChildren
  }

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    let name = node.name.plainName
    ownNames.insert(name)
    let isBase = node.parent?.as(MemberTypeSyntax.self)?.baseType.id == TypeSyntax(node).id
    if node.name.tokenKind == .keyword(.Self) || name == typeName { handsOver = handsOver || !isBase }
    return .visitChildren
  }

  override func visit(_ node: MemberTypeSyntax) -> SyntaxVisitorContinueKind {
    ownNames.insert(node.name.plainName)
    return .visitChildren
  }

  /// `if let name` means two things: the one that is there, and the one that it binds.
  override func visit(_ node: OptionalBindingConditionSyntax) -> SyntaxVisitorContinueKind {
    if node.initializer == nil {
      for name in node.pattern.boundNames { shorthand(name, at: Syntax(node)) }
    }
    return .visitChildren
  }

  override func visit(_ node: ClosureCaptureSyntax) -> SyntaxVisitorContinueKind {
    if node.initializer == nil, node.name.tokenKind != .keyword(.self) {
      shorthand(node.name.plainName, at: Syntax(node))
    }
    return .visitChildren
  }

  private func shorthand(_ name: String, at node: Syntax) {
    if !locals.contain(name, at: node) { names.formUnion(spellings(of: name)) }
    refer(to: name, at: node)
  }

  // MARK: What is not code, and what hides code

  /// `@Step` says how the step runs, not what it does.
  override func visit(_ node: AttributeSyntax) -> SyntaxVisitorContinueKind {
    let name = node.attributeName.trimmedDescription
    if ["Step", "DataflowMacros.Step"].contains(name) { return .skipChildren }
    if ["Check", "DataflowMacros.Check"].contains(name) {
      for token in node.tokens(viewMode: .sourceAccurate) { append(token.text) }
      return .skipChildren
    }
    usesMacros = usesMacros || !Self.knownAttributes.contains(name)
    return .visitChildren
  }

  override func visit(_ node: MacroExpansionExprSyntax) -> SyntaxVisitorContinueKind {
    usesMacros = usesMacros || !Self.knownMacros.contains(node.macroName.text)
    return .visitChildren
  }

  override func visit(_ node: MacroExpansionDeclSyntax) -> SyntaxVisitorContinueKind {
    usesMacros = usesMacros || !Self.knownMacros.contains(node.macroName.text)
    return .visitChildren
  }

  /// The names in the condition of an `#if` are the compiler's.
  override func visit(_ node: IfConfigClauseSyntax) -> SyntaxVisitorContinueKind {
    _ = visit(node.poundKeyword)
    isInCondition = true
    node.condition.map { walk($0) }
    isInCondition = false
    node.elements.map { walk(Syntax($0)) }
    return .skipChildren
  }

  /// The attributes of the language, which add no code.
  private static let knownAttributes: Set = [
    "available", "backDeployed", "concurrent", "discardableResult", "escaping", "autoclosure", "inlinable", "inline",
    "MainActor", "preconcurrency", "Sendable", "unknown", "usableFromInline", "convention", "nonobjc", "objc",
    "TaskLocal",
  ]

  /// The macros of the language that mean a value.
  private static let knownMacros: Set = [
    "column", "file", "fileID", "filePath", "function", "line", "isolation", "dsohandle", "warning", "error",
    "available", "unavailable", "selector", "keyPath",
  ]
}

extension SyntaxProtocol {
  /// Whether a reference stands alone, and not as the member of something.
  fileprivate var isBareReference: Bool {
    if let member = parent?.as(MemberAccessExprSyntax.self) {
      return member.declName.id != self.as(DeclReferenceExprSyntax.self)?.id
    }
    return parent?.is(KeyPathPropertyComponentSyntax.self) != true
  }
}

extension DeclReferenceExprSyntax {
  fileprivate var isBaseOfMember: Bool {
    parent?.as(MemberAccessExprSyntax.self)?.base?.id == ExprSyntax(self).id
  }
}

extension String {
  /// Whether it is `$0` and so on, rather than a wrapper's `$name`.
  fileprivate var isClosureArgument: Bool { utf8.dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }

  /// Whether it begins as the names of values do; those of types begin with a capital.
  var isLowercase: Bool { first.map { !$0.isUppercase } ?? false }
}
