import SwiftSyntax

extension TypeSyntax {
  /// `Item` of a type spelled `Each<Item>` or `Dataflow.Each<Item>`.
  func argument(of alias: String) -> TypeSyntax? {
    let (name, clause): (TokenSyntax, GenericArgumentClauseSyntax?)
    if let type = self.as(IdentifierTypeSyntax.self) {
      (name, clause) = (type.name, type.genericArgumentClause)
    } else if let type = self.as(MemberTypeSyntax.self), type.baseType.trimmedDescription == "Dataflow" {
      (name, clause) = (type.name, type.genericArgumentClause)
    } else {
      return nil
    }
    guard name.text == alias, let clause, clause.arguments.count == 1, let first = clause.arguments.first else {
      return nil
    }
    return TypeSyntax(first.argument)
  }

  /// Whether it is spelled as nothing.
  var isVoid: Bool { ["Void", "Swift.Void", "()"].contains(trimmedDescription) }

  /// Whether it is spelled as a truth value.
  var isBool: Bool { ["Bool", "Swift.Bool"].contains(trimmedDescription) }
}

extension TokenSyntax {
  /// The name without backticks.
  var plainName: String { identifier?.name ?? text }
}

extension WithAttributesSyntax {
  /// The attribute of one of our macros on a declaration.
  func attribute(_ name: String) -> AttributeSyntax? {
    for case .attribute(let attribute) in attributes {
      if [name, "DataflowMacros.\(name)"].contains(attribute.attributeName.trimmedDescription) { return attribute }
    }
    return nil
  }
}
