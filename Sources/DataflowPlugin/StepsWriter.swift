import SwiftSyntax

/// Writes the body of `steps`. What can be of the wrong type is written at the place in the user's source that decides.
struct StepsWriter {
  let pipeline: PipelineModel
  let source: UserSource

  var body: String {
    let checks = pipeline.products.flatMap { [exhaustiveness(of: $0), sameProduct(as: $0)] }
    let steps = pipeline.steps.map(step)
    return (["var steps: [Dataflow.StepNode<Self>] = []"] + checks + steps + ["return steps"])
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func step(_ step: StepModel) -> String {
    let needs = step.parameters.map { parameter in
      let isInput = pipeline.producer(of: parameter.need) == nil
      let value = isInput ? parameter.defaultValue.map { ", default: \($0.trimmedDescription)" } : nil
      return "Dataflow.Need(\"\(parameter.need)\", (\(pipeline.storedType(of: parameter))).self\(value ?? ""))"
    }
    var options = ""
    if step.fan != nil { options += ", fan: fan" }
    if let variant = step.variant {
      options += ", variant: Dataflow.Variant(\"\(variant.input)\", \(variant.type).\(variant.choice))"
    }
    if let concurrency = step.concurrency { options += ", concurrency: \(concurrency)" }
    let effects = step.isAsync ? "async throws" : "throws"
    return """
      do {
      \(source.at(step.resultNode, head: "let product: Dataflow.ValueType =", ".of((\(step.product)).self)"))
      \(fan(of: step))
      let work: @Sendable (Self, Dataflow.Arguments) \(effects) -> any Sendable = { pipeline, arguments in
      \(call(of: step))
      }
      steps.append(Dataflow.StepNode<Self>("\(step.name)", needs: [\(needs.joined(separator: ", "))], \
      produces: product\(options), body: .\(step.isAsync ? "suspending" : "plain")(work)))
      }
      """
  }

  private func fan(of step: StepModel) -> String {
    guard let parameter = step.fan else { return "" }
    let list = pipeline.storedType(of: parameter)
    let (kind, output) = step.flatElement.map { ("flat", $0) } ?? ("each", step.result)
    return source.at(
      Syntax(parameter.type), head: "let fan = Dataflow.Fan",
      ".\(kind)(\"\(parameter.need)\", (\(list)).self, producing: (\(output)).self)")
  }

  /// Reads each argument in the type that its producer stores and assigns it to the type of the parameter, so that the
  /// compiler converts as it does anywhere, or refuses.
  private func call(of step: StepModel) -> String {
    var lines: [String] = []
    var arguments: [String] = []
    for (index, parameter) in step.parameters.enumerated() {
      var stored = "(\(pipeline.storedType(of: parameter)))"
      if parameter.item != nil { stored = "(\(stored).Element)" }
      lines.append(
        source.at(
          Syntax(parameter.type), head: "let argument\(index): \(parameter.type.trimmedDescription) = try arguments",
          ".value(\(index), as: \(stored).self)"))
      arguments.append((parameter.label.map { "\($0): " } ?? "") + "argument\(index)")
    }
    let effects = (step.isThrowing ? "try " : "") + (step.isAsync ? "await " : "")
    let call = "pipeline.\(step.function.name.text)(\(arguments.joined(separator: ", ")))"
    lines.append(source.at(step.resultNode, head: "return \(effects)", call))
    return lines.joined(separator: "\n")
  }

  /// A switch that the compiler refuses unless each case of the enum has its variant.
  private func exhaustiveness(of step: StepModel) -> String {
    let variants = pipeline.steps.filter { $0.name == step.name }.compactMap(\.variant)
    guard let first = variants.first else { return "" }
    let cases = variants.map { "case .\($0.choice): break" }.joined(separator: "; ")
    return source.at(
      first.node, head: "func check_\(step.name)(_ choice: \(first.type)) {", "switch choice { \(cases) } }")
  }

  /// Assignments that the compiler refuses unless all variants produce the same type.
  private func sameProduct(as step: StepModel) -> String {
    pipeline.steps.filter { $0.name == step.name }.dropFirst()
      .map { source.at($0.resultNode, head: "let _: (\(step.product)).Type =", "(\($0.product)).self") }
      .joined(separator: "\n")
  }
}
