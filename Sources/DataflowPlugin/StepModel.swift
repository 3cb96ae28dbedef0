import SwiftSyntax

/// A step as its declaration says.
struct StepModel {
  let name: String
  let function: FunctionDeclSyntax
  let parameters: [StepParameter]
  let variant: VariantModel?
  let options: StepOptions

  /// The parameter whose items the step takes one by one.
  var fan: StepParameter? { parameters.first { $0.depth > 0 } }

  /// How many lists deep the step fans out; 0 if it does not.
  var depth: Int { fan?.depth ?? 0 }

  /// What one call gives, as written; nil for nothing.
  var result: TypeSyntax? {
    function.signature.returnClause.flatMap { $0.type.isVoid ? nil : $0.type }
  }

  /// The `Element` if the result is spelled `Flat<Element>`.
  var flatElement: TypeSyntax? { result?.argument(of: "Flat") }

  /// The `Element` if the result is spelled `ItemStream<Element>`.
  var streamElement: TypeSyntax? { result?.argument(of: "ItemStream") }

  /// What an item of the innermost list gives; of a step that does not fan out, what it gives.
  var output: String {
    if let element = flatElement { return depth == 0 ? "[\(element.trimmedDescription)]" : element.trimmedDescription }
    return result?.trimmedDescription ?? "Dataflow.Completion"
  }

  /// What is stored under the step's name.
  var product: String {
    if let streamElement { return "[\(streamElement.trimmedDescription)]" }
    return output.inLists(depth)
  }

  /// What becomes of one item of the list that the step fans out over.
  var itemProduct: String {
    flatElement != nil && depth == 1 ? product : "(\(product)).Element"
  }

  var isAsync: Bool { function.signature.effectSpecifiers?.asyncSpecifier != nil }
  var isThrowing: Bool { function.signature.effectSpecifiers?.throwsClause != nil }

  /// Where the result is spelled, or else the name of the method.
  var resultNode: Syntax {
    function.signature.returnClause.map { Syntax($0.type) } ?? Syntax(function.name)
  }
}

extension String {
  /// The type of lists of this type, so many deep.
  func inLists(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + self + String(repeating: "]", count: depth)
  }
}
