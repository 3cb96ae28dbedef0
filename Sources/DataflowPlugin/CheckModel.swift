import SwiftSyntax

/// A check as its declaration says.
struct CheckModel {
  let function: FunctionDeclSyntax
  /// The only parameter; what it needs is the product to check.
  let parameter: StepParameter
  /// What `@Check` says about a failure, if anything.
  let importance: ExprSyntax?

  var name: String { function.name.plainName }
  /// The name of the step whose product is checked.
  var step: String { parameter.need }
  /// Whether it is about what becomes of each item.
  var isPerItem: Bool { parameter.depth > 0 }
  /// Whether it answers with a truth value instead of throwing.
  var isQuestion: Bool { function.signature.returnClause?.type.isBool ?? false }
  var isAsync: Bool { function.signature.effectSpecifiers?.asyncSpecifier != nil }
  var isThrowing: Bool { function.signature.effectSpecifiers?.throwsClause != nil }
}
