import SwiftSyntax

/// A step as its declaration says.
struct StepModel {
  struct Parameter {
    /// The argument label of the call; nil for none.
    let label: String?
    /// The name of what is needed.
    let need: String
    /// The type as written, without attributes; of an `Each` parameter with the `Each`.
    let type: TypeSyntax
    /// What an `Each` stands around; nil if the step does not fan out here.
    let item: TypeSyntax?
    let defaultValue: ExprSyntax?
  }

  struct Variant {
    /// The enum, its case, and the name of the input that chooses.
    let type: String
    let choice: String
    let input: String
    let node: Syntax
  }

  let name: String
  let function: FunctionDeclSyntax
  let parameters: [Parameter]
  let variant: Variant?
  let concurrency: String?

  var fan: Parameter? { parameters.first { $0.item != nil } }

  /// What one call gives.
  var result: String { function.signature.returnClause?.type.trimmedDescription ?? "Void" }

  /// The `Element` if the result is spelled `Flat<Element>`.
  var flatElement: String? {
    function.signature.returnClause.flatMap { $0.type.argument(of: "Flat") }?.trimmedDescription
  }

  /// What is stored under the step's name.
  var product: String {
    if let flatElement { return "[\(flatElement)]" }
    return fan == nil ? result : "[\(result)]"
  }

  var isAsync: Bool { function.signature.effectSpecifiers?.asyncSpecifier != nil }
  var isThrowing: Bool { function.signature.effectSpecifiers?.throwsClause != nil }

  /// Where the result is spelled, or else the name of the method.
  var resultNode: Syntax {
    function.signature.returnClause.map { Syntax($0.type) } ?? Syntax(function.name)
  }
}

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
}

extension TokenSyntax {
  /// The name without backticks.
  var plainName: String { identifier?.name ?? text }
}
