import SwiftDiagnostics
import SwiftSyntax

/// A pipeline as its declaration says, with its names resolved.
struct PipelineModel {
  /// A need that no step meets.
  struct Input {
    let name: String
    let type: String
    var defaultValue: String?
  }

  let type: StructDeclSyntax
  let steps: [StepModel]
  /// Everything wrong that the compiler would not find, or not say well.
  let complaints: [Diagnostic]

  init(_ type: StructDeclSyntax) {
    self.type = type
    let reader = StepReader(type.memberBlock.members)
    steps = reader.steps
    var complaints = reader.complaints
    if steps.isEmpty, complaints.isEmpty {
      complaints.append(Diagnostic("a pipeline has steps: mark its methods with @Step", at: type.name))
    }
    complaints += duplicates(in: steps) + cycles(in: steps) + contradictions(in: steps)
    self.complaints = complaints
  }

  /// The first step of each name, in the order of the source.
  var products: [StepModel] {
    var seen = Set<String>()
    return steps.filter { seen.insert($0.name).inserted }
  }

  func producer(of need: String) -> StepModel? { steps.first { $0.name == need } }

  /// The inputs in the order in which the source first needs them.
  var inputs: [Input] {
    var inputs: [Input] = []
    func add(_ input: Input) {
      guard let known = inputs.firstIndex(where: { $0.name == input.name }) else { return inputs.append(input) }
      if inputs[known].defaultValue == nil { inputs[known].defaultValue = input.defaultValue }
    }
    for step in steps {
      for parameter in step.parameters where producer(of: parameter.need) == nil {
        add(
          Input(
            name: parameter.need, type: Self.inputType(of: parameter),
            defaultValue: parameter.defaultValue?.trimmedDescription))
      }
      if let variant = step.variant { add(Input(name: variant.input, type: variant.type, defaultValue: nil)) }
    }
    return inputs
  }

  /// The type in which a parameter's value is stored.
  func storedType(of parameter: StepModel.Parameter) -> String {
    if let producer = producer(of: parameter.need) { return producer.product }
    // The first parameter that needs an input decides its type; the compiler compares the others with it.
    let all = steps.lazy.flatMap(\.parameters)
    return Self.inputType(of: all.first { $0.need == parameter.need } ?? parameter)
  }

  private static func inputType(of parameter: StepModel.Parameter) -> String {
    parameter.item.map { "[\($0.trimmedDescription)]" } ?? parameter.type.trimmedDescription
  }

  /// The access of what is generated: that of the type, as far as others may see it.
  var access: String {
    for modifier in type.modifiers where ["public", "package"].contains(modifier.name.text) {
      return modifier.name.text + " "
    }
    return ""
  }

  /// The access of the product of a step: that of the type unless the step says less.
  func access(of step: StepModel) -> String {
    for modifier in step.function.modifiers where modifier.detail == nil {
      switch modifier.name.text {
      case "private", "fileprivate": return "fileprivate "
      case "internal": return ""
      case "package" where access == "public ": return "package "
      default: continue
      }
    }
    return access
  }
}

private func duplicates(in steps: [StepModel]) -> [Diagnostic] {
  var complaints: [Diagnostic] = []
  for (index, step) in steps.enumerated() {
    let earlier = steps[..<index].first {
      guard $0.name == step.name else { return false }
      guard let left = $0.variant, let right = step.variant else { return true }
      return left.type != right.type || left.choice == right.choice
    }
    guard let earlier else { continue }
    let condition = step.variant.map { " when \($0.input) is \($0.choice)" } ?? ""
    complaints.append(
      Diagnostic(
        "step '\(step.name)' is produced twice\(condition)", at: step.function.name,
        notes: [("first produced here", Syntax(earlier.function.name))]))
  }
  return complaints
}

/// Inputs to which two steps give different defaults: only one of them could hold.
private func contradictions(in steps: [StepModel]) -> [Diagnostic] {
  var defaults: [String: ExprSyntax] = [:]
  var complaints: [Diagnostic] = []
  for parameter in steps.flatMap(\.parameters) where !steps.contains(where: { $0.name == parameter.need }) {
    guard let value = parameter.defaultValue else { continue }
    guard let first = defaults[parameter.need] else {
      defaults[parameter.need] = value
      continue
    }
    guard first.trimmedDescription != value.trimmedDescription else { continue }
    complaints.append(
      Diagnostic(
        "the input '\(parameter.need)' has another default in an earlier step", at: value,
        notes: [("the earlier default", Syntax(first))]))
  }
  return complaints
}

/// One complaint for each circle, found by walking the needs depth first.
private func cycles(in steps: [StepModel]) -> [Diagnostic] {
  enum Colour { case open, finished }
  var colours: [String: Colour] = [:]
  var path: [String] = []
  var complaints: [Diagnostic] = []
  func visit(_ name: String) {
    colours[name] = .open
    path.append(name)
    for step in steps where step.name == name {
      for (index, parameter) in step.parameters.enumerated() where steps.contains(where: { $0.name == parameter.need })
      {
        switch colours[parameter.need] {
        case .finished: continue
        case .open:
          let cycle = path.drop { $0 != parameter.need } + [parameter.need]
          let nodes = Array(step.function.signature.parameterClause.parameters)
          complaints.append(
            Diagnostic("steps form a cycle: \(cycle.joined(separator: " -> "))", at: nodes[index].firstName))
        case nil: visit(parameter.need)
        }
      }
    }
    path.removeLast()
    colours[name] = .finished
  }
  for step in steps where colours[step.name] == nil { visit(step.name) }
  return complaints
}
