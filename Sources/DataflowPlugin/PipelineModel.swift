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
  let checks: [CheckModel]
  /// Everything wrong that the compiler would not find, or not say well.
  let complaints: [Diagnostic]

  init(_ type: StructDeclSyntax) {
    self.type = type
    let reader = StepReader(type.memberBlock.members)
    steps = reader.steps
    checks = reader.checks
    var complaints = reader.complaints
    if steps.isEmpty, complaints.isEmpty {
      complaints.append(Diagnostic("a pipeline has steps: mark its methods with @Step", at: type.name))
    }
    self.complaints =
      complaints + PipelineProblems(steps: steps, checks: checks, isComplete: complaints.isEmpty).found
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
            name: parameter.need, type: parameter.inputType,
            defaultValue: parameter.defaultValue?.trimmedDescription))
      }
      if let variant = step.variant { add(Input(name: variant.input, type: variant.type, defaultValue: nil)) }
    }
    return inputs
  }

  /// The type in which a parameter's value is stored.
  func storedType(of parameter: StepParameter) -> String {
    if let producer = producer(of: parameter.need) { return producer.product }
    // The first parameter that needs an input decides its type; the compiler compares the others with it.
    let all = steps.lazy.flatMap(\.parameters)
    return (all.first { $0.need == parameter.need } ?? parameter).inputType
  }

  /// The checks of a step's product.
  func checks(of step: StepModel) -> [CheckModel] { checks.filter { $0.step == step.name } }

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
