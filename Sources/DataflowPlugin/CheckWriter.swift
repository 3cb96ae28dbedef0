import SwiftSyntax

/// Writes a check of a step's product as a value.
struct CheckWriter {
  let check: CheckModel
  let step: StepModel
  let source: UserSource

  /// The declaration of a constant with the check.
  func declaration(of constant: String) -> String {
    let parameter = check.parameter
    let checked = check.isPerItem ? step.itemProduct : step.product
    let make = check.isPerItem ? "Dataflow.Check.item" : "Dataflow.Check"
    let effects = (check.isThrowing ? "try " : "") + (check.isAsync ? "await " : "")
    let call = "\(effects)pipeline.\(check.function.name.text)(\(parameter.argument("argument")))"
    let verdict =
      check.isQuestion
      ? "let holds = \(call)\nif !holds { throw Dataflow.CheckFailure(\"check '\(check.name)' failed\") }" : call
    let importance = check.importance.map {
      source.copy($0, head: "let _\(constant): Dataflow.Check.Importance =") + "\n"
    }
    return """
      \(importance ?? "")@Sendable func \(constant)_work(_ pipeline: Self, _ value: \(checked)) async throws {
      \(source.at(Syntax(parameter.type), head: "let argument: \(parameter.spelling) =", "value"))
      \(verdict)
      }
      let \(constant) = \(make)(
      "\(check.name)", \(importance == nil ? ".fail" : "_\(constant)"), of: Self.self, on: (\(checked)).self,
      \(constant)_work)
      """
  }
}
