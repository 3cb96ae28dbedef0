import SwiftSyntax

/// Finds out whether a name belongs to a function rather than to the type around it.
///
/// This is the lexical lookup of the language as far as it goes inside one member: it walks from where the name stands
/// outwards and asks each scope whether it binds the name there.
struct LocalNames {
  /// The member of the type beyond which nothing is local.
  let member: Syntax

  /// Whether `name`, where `node` stands, means a parameter or something declared inside the member.
  func contain(_ name: String, at node: Syntax) -> Bool {
    var child = node
    while child.id != member.id, let parent = child.parent {
      if names(boundBy: parent, for: child).contains(name) { return true }
      child = parent
    }
    return false
  }

  /// What a scope binds for the part of it that `child` is.
  private func names(boundBy scope: Syntax, for child: Syntax) -> [String] {
    switch scope.as(SyntaxEnum.self) {
    case .codeBlockItemList(let items): names(in: items, before: child)
    case .memberBlockItemList(let members): members.flatMap { $0.decl.declaredNames }
    case .patternBindingList(let bindings): bindings.prefix { $0.id != child.id }.flatMap { $0.pattern.boundNames }
    case .conditionElementList(let conditions): conditions.prefix { $0.id != child.id }.flatMap(\.boundNames)
    case .ifExpr(let scope): child.id == scope.body.id ? scope.conditions.flatMap(\.boundNames) : []
    case .whileStmt(let scope): child.id == scope.body.id ? scope.conditions.flatMap(\.boundNames) : []
    case .forStmt(let scope): child.id == scope.sequence.id ? [] : scope.pattern.boundNames
    case .switchCase(let scope): child.id == scope.statements.id ? scope.boundNames : []
    case .switchCaseItem(let scope): scope.pattern.boundNames
    case .catchClause(let scope): child.id == scope.body.id ? scope.catchItems.boundNames : []
    case .catchItem(let scope): scope.boundNames
    case .closureExpr(let scope): child.id == scope.statements.id ? scope.signature?.boundNames ?? [] : []
    case .functionDecl(let scope): child.id == scope.body?.id ? scope.signature.parameterClause.boundNames : []
    case .initializerDecl(let scope): child.id == scope.body?.id ? scope.signature.parameterClause.boundNames : []
    case .subscriptDecl(let scope): scope.parameterClause.boundNames
    case .accessorDecl(let scope): scope.boundNames
    default: []
    }
  }

  /// Variables count from the item after their own, functions and types in the whole block.
  private func names(in items: CodeBlockItemListSyntax, before child: Syntax) -> [String] {
    var isBefore = true
    return items.flatMap { item -> [String] in
      isBefore = isBefore && item.id != child.id
      if let declaration = item.item.as(DeclSyntax.self) {
        let isVariable = declaration.is(VariableDeclSyntax.self) || declaration.is(IfConfigDeclSyntax.self)
        return isVariable && !isBefore ? [] : declaration.declaredNames
      }
      return isBefore ? item.item.as(GuardStmtSyntax.self)?.conditions.flatMap(\.boundNames) ?? [] : []
    }
  }
}

extension DeclSyntax {
  /// The names that the declaration adds to the scope that it stands in.
  var declaredNames: [String] {
    switch self.as(DeclSyntaxEnum.self) {
    case .variableDecl(let declaration): declaration.bindings.flatMap { $0.pattern.boundNames }
    case .functionDecl(let declaration): [declaration.name.plainName]
    case .structDecl(let declaration): [declaration.name.plainName]
    case .enumDecl(let declaration): [declaration.name.plainName]
    case .classDecl(let declaration): [declaration.name.plainName]
    case .actorDecl(let declaration): [declaration.name.plainName]
    case .typeAliasDecl(let declaration): [declaration.name.plainName]
    case .enumCaseDecl(let declaration): declaration.elements.map(\.name.plainName)
    case .ifConfigDecl(let declaration): declaration.clauses.flatMap { $0.declaredNames }
    default: []
    }
  }
}

extension IfConfigClauseSyntax {
  fileprivate var declaredNames: [String] {
    switch elements {
    case .statements(let items): items.compactMap { $0.item.as(DeclSyntax.self) }.flatMap(\.declaredNames)
    case .decls(let members): members.flatMap(\.decl.declaredNames)
    default: []
    }
  }
}

extension ConditionElementSyntax {
  fileprivate var boundNames: [String] {
    switch condition {
    case .optionalBinding(let binding): binding.pattern.boundNames
    case .matchingPattern(let match): match.pattern.boundNames
    default: []
    }
  }
}

extension SwitchCaseSyntax {
  fileprivate var boundNames: [String] {
    guard case .case(let label) = label else { return [] }
    return label.caseItems.flatMap { $0.pattern.boundNames }
  }
}

extension CatchItemListSyntax {
  /// A clause without a pattern binds `error`.
  fileprivate var boundNames: [String] { isEmpty ? ["error"] : flatMap(\.boundNames) }
}

extension CatchItemSyntax {
  fileprivate var boundNames: [String] { pattern?.boundNames ?? ["error"] }
}

extension ClosureSignatureSyntax {
  fileprivate var boundNames: [String] {
    let captures = capture?.items.map(\.name.plainName) ?? []
    guard let parameterClause else { return captures }
    if case .simpleInput(let names) = parameterClause { return captures + names.map(\.name.plainName) }
    let parameters = parameterClause.as(ClosureParameterClauseSyntax.self)?.parameters.map { $0 } ?? []
    return captures + parameters.map { ($0.secondName ?? $0.firstName).plainName }
  }
}

extension FunctionParameterClauseSyntax {
  fileprivate var boundNames: [String] { parameters.map { ($0.secondName ?? $0.firstName).plainName } }
}

extension AccessorDeclSyntax {
  fileprivate var boundNames: [String] {
    if let parameters { return [parameters.name.plainName] }
    switch accessorSpecifier.text {
    case "set", "willSet": return ["newValue"]
    case "didSet": return ["oldValue"]
    default: return []
    }
  }
}
