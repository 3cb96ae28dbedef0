import SwiftSyntax

/// Writes the body of `steps`. What can be of the wrong type is written at the place in the user's source that decides.
struct StepsWriter {
  let pipeline: PipelineModel
  let source: UserSource
  let code: PipelineCode

  init(pipeline: PipelineModel, source: UserSource) {
    self.pipeline = pipeline
    self.source = source
    code = PipelineCode(pipeline.type)
  }

  var body: String {
    let conditions = pipeline.products.flatMap { [exhaustiveness(of: $0), sameProduct(as: $0)] }
    let steps = pipeline.steps.map(step)
    return (["var steps: [Dataflow.StepNode<Self>] = []"] + conditions + steps + ["return steps"])
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func step(_ step: StepModel) -> String {
    let checks = pipeline.checks(of: step)
    let needs = step.parameters.map { need($0) }.joined(separator: ", ")
    let effects = step.isAsync ? "async throws" : "throws"
    let lines =
      [source.at(step.resultNode, head: "let product: Dataflow.ValueType =", ".of((\(step.product)).self)")]
      + fan(of: step) + stream(of: step) + options(of: step)
      + checks.enumerated().map { CheckWriter(check: $1, step: step, source: source).declaration(of: "check\($0)") } + [
        // A function, since the compiler does not say what is wrong inside some closures.
        "@Sendable func work(_ pipeline: Self, _ arguments: Dataflow.Arguments) \(effects) -> any Sendable {",
        call(of: step), "}",
        "steps.append(Dataflow.StepNode<Self>(\"\(step.name)\", needs: [\(needs)], produces: product"
          + arguments(of: step, checks: checks) + ", body: .\(step.isAsync ? "suspending" : "plain")(work)))",
      ]
    return "do {\n\(lines.joined(separator: "\n"))\n}"
  }

  private func need(_ parameter: StepParameter) -> String {
    let stored = pipeline.storedType(of: parameter)
    switch parameter.form {
    case .results: return "Dataflow.Need.results(\"\(parameter.need)\", of: ((\(stored)).Element).self)"
    case .removed: return "Dataflow.Need.removed(\"\(parameter.need)\", of: ((\(stored)).Element).self)"
    case .value, .items:
      let isInput = pipeline.producer(of: parameter.need) == nil
      let value = isInput ? parameter.defaultValue.map { ", default: \($0.trimmedDescription)" } : nil
      return "Dataflow.Need(\"\(parameter.need)\", (\(stored)).self\(value ?? ""))"
    }
  }

  /// The fan over the innermost lists, and around it those over the lists that they stand in.
  private func fan(of step: StepModel) -> [String] {
    guard let parameter = step.fan else { return [] }
    let list = "(\(pipeline.storedType(of: parameter)))"
    let place = Syntax(parameter.type)
    let kind = step.flatElement == nil ? "each" : "flat"
    return (1...step.depth).map { level in
      let depth = step.depth - level
      let elements = String(repeating: "(", count: depth) + list + String(repeating: ".Element)", count: depth)
      let code =
        level == 1
        ? ".\(kind)(\"\(parameter.need)\", \(elements).self, producing: (\(step.output)).self)"
        : ".nested(\(elements).self, fan\(level - 1), producing: (\(step.output.inLists(level - 1))).self)"
      return source.at(place, head: "let fan\(level) = Dataflow.Fan", code)
    }
  }

  private func stream(of step: StepModel) -> [String] {
    guard let element = step.streamElement else { return [] }
    return [
      source.at(
        step.resultNode, head: "let stream = Dataflow.StreamType", ".init((\(element.trimmedDescription)).self)")
    ]
  }

  /// The options, each at its place; a name that the user's expression could mean as well is not for them.
  private func options(of step: StepModel) -> [String] {
    var lines: [String] = []
    if let variant = step.variant {
      let type = if case .among = variant.condition { "[\(variant.type)]" } else { variant.type }
      lines.append(source.copy(variant.expression, head: "let _choice: \(type) ="))
    }
    for (label, type) in [("concurrency", "Swift.Int")] + StepOptions.policies {
      guard let value = step.options[label] else { continue }
      lines.append(source.copy(value, head: "let _\(label): \(type)? ="))
    }
    return lines
  }

  private func arguments(of step: StepModel, checks: [CheckModel]) -> String {
    var arguments = ""
    if step.depth > 0 { arguments += ", fan: fan\(step.depth)" }
    if step.streamElement != nil { arguments += ", stream: stream" }
    if let variant = step.variant {
      let label =
        switch variant.condition {
        case .equal: ""
        case .different: "not: "
        case .among: "in: "
        }
      arguments += ", variant: Dataflow.Variant(\"\(variant.input)\", \(label)_choice)"
    }
    if step.options["concurrency"] != nil { arguments += ", concurrency: _concurrency" }
    let policies = StepOptions.policies.map(\.0).filter { step.options[$0] != nil }
    if !policies.isEmpty {
      let values = policies.map { $0 == "retry" ? "retry: _retry ?? .never" : "\($0): _\($0)" }
      arguments += ", policy: Dataflow.StepPolicy(\(values.joined(separator: ", ")))"
    }
    arguments += ", " + code.identity(of: step.function, checks: checks.map(\.function)).arguments
    if !checks.isEmpty {
      arguments += ", checks: [\(checks.indices.map { "check\($0)" }.joined(separator: ", "))]"
    }
    return arguments
  }

  /// Reads each argument in the type that its producer stores and assigns it to the type of the parameter, so that the
  /// compiler converts as it does anywhere, or refuses.
  private func call(of step: StepModel) -> String {
    var lines: [String] = []
    var arguments: [String] = []
    for (index, parameter) in step.parameters.enumerated() {
      var stored = "(\(pipeline.storedType(of: parameter)))"
      for _ in 0..<parameter.depth { stored = "(\(stored).Element)" }
      if parameter.form == .results { stored = "[Dataflow.ItemResult<\(stored).Element>]" }
      lines.append(
        source.at(
          Syntax(parameter.type), head: "let argument\(index): \(parameter.spelling) = try arguments",
          ".value(\(index), as: \(stored).self)"))
      arguments.append(parameter.argument("argument\(index)"))
    }
    let effects = (step.isThrowing ? "try " : "") + (step.isAsync ? "await " : "")
    let call = "pipeline.\(step.function.name.text)(\(arguments.joined(separator: ", ")))"
    if step.result == nil {
      lines += ["\(effects)\(call)", "return Dataflow.Completion()"]
    } else {
      lines.append(source.at(step.resultNode, head: "return \(effects)", call))
    }
    return lines.joined(separator: "\n")
  }

  /// A switch that the compiler refuses unless each case of the enum has its variant. Where a variant is for all cases
  /// but one, the macro has seen to it.
  private func exhaustiveness(of step: StepModel) -> String {
    let variants = pipeline.steps.filter { $0.name == step.name }.compactMap(\.variant)
    guard let first = variants.first, variants.allSatisfy({ $0.excluded == nil }) else { return "" }
    let cases = variants.map { "case \($0.covered.map { ".\($0)" }.joined(separator: ", ")): break" }
    return source.at(
      Syntax(first.expression), head: "func check_\(step.name)(_ choice: \(first.type)) {",
      "switch choice { \(cases.joined(separator: "; ")) } }")
  }

  /// Assignments that the compiler refuses unless all variants produce the same type.
  private func sameProduct(as step: StepModel) -> String {
    pipeline.steps.filter { $0.name == step.name }.dropFirst()
      .map { source.at($0.resultNode, head: "let _: (\(step.product)).Type =", "(\($0.product)).self") }
      .joined(separator: "\n")
  }
}
