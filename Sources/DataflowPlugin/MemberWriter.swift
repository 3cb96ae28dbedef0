/// Writes the members that a pipeline gets.
struct MemberWriter {
  let pipeline: PipelineModel
  let source: UserSource

  private var access: String { pipeline.access }

  var members: [String] { [inputs, stepName, product, override, run, call] }

  private var inputs: String {
    let inputs = pipeline.inputs
    let properties = inputs.map { "\(access)var `\($0.name)`: \($0.type)" }
    let parameters = inputs.map { "`\($0.name)`: \($0.type)" + ($0.defaultValue.map { " = \($0)" } ?? "") }
    let assignments = inputs.map { "self.`\($0.name)` = `\($0.name)`" }
    let values = inputs.map { "\"\($0.name)\": self.`\($0.name)` as any Sendable" }
    return """
      /// The inputs that no step makes.
      \(access)struct Inputs: Dataflow.PipelineInputs {
      \(properties.joined(separator: "\n"))
      \(access)init(\(parameters.joined(separator: ", "))) {
      \(assignments.joined(separator: "\n"))
      }
      \(access)var values: [String: any Sendable] { [\(values.isEmpty ? ":" : values.joined(separator: ", "))] }
      }
      """
  }

  private var stepName: String {
    let cases = pipeline.products.map { "case `\($0.name)`" }
    // An enum without cases cannot have raw values; the macro has complained by then.
    return """
      /// The names of the steps.
      \(access)enum StepName: String, CaseIterable, Hashable, Sendable {
      \(cases.isEmpty ? "case none" : cases.joined(separator: "\n"))
      }
      """
  }

  private var product: String {
    let products = pipeline.products.map {
      source.at(
        $0.resultNode, head: "",
        "\(pipeline.access(of: $0))static var `\($0.name)`: Product<\($0.product)> { .init(\"\($0.name)\") }"
      )
    }
    return """
      /// The name of a step with the type of what it produces.
      \(access)struct Product<ProductValue: Codable & Sendable>: Sendable {
      \(access)let name: String
      fileprivate init(_ name: String) { self.name = name }
      \(products.joined(separator: "\n"))
      }
      """
  }

  private var override: String {
    let overrides = pipeline.products.map {
      source.at(
        $0.resultNode, head: "",
        "\(pipeline.access(of: $0))static func `\($0.name)`(_ value: \($0.product)) -> Override "
          + "{ Override(step: \"\($0.name)\", value: value as any Sendable) }")
    }
    return """
      /// A value given in place of what a step would produce.
      \(access)struct Override: Dataflow.StepOverride {
      \(access)let step: String
      \(access)let value: any Sendable
      \(overrides.joined(separator: "\n"))
      }
      """
  }

  private var run: String {
    """
    /// What a run leaves: its record and the values asked for.
    \(access)struct Run: Dataflow.PipelineRun {
    \(access)let untyped: Dataflow.GraphRun
    \(access)init(_ untyped: Dataflow.GraphRun) { self.untyped = untyped }
    /// The value of a step that was asked for.
    \(access)func value<ProductValue: Codable & Sendable>(_ product: Product<ProductValue>) throws -> ProductValue {
    try untyped.value(of: product.name, as: ProductValue.self)
    }
    \(mismatch)
    \(access)func value<ProductValue, Other>(_ product: Product<ProductValue>) throws -> Other {
    throw Dataflow.DataflowError.noValue(step: product.name, reason: "it is of another type")
    }
    }
    """
  }

  private var call: String {
    let isOptional = pipeline.inputs.allSatisfy { $0.defaultValue != nil }
    let inputs = "_ inputs: Inputs\(isOptional ? " = Inputs()" : "")"
    return """
      /// Runs one step with its ancestors and gives its value, without a record.
      \(access)func callAsFunction<ProductValue: Codable & Sendable>(
      _ product: Product<ProductValue>, \(inputs), overrides: [Override] = []
      ) async throws -> ProductValue {
      try await value(of: product.name, as: ProductValue.self, inputs, overrides: overrides)
      }
      \(mismatch)
      \(access)func callAsFunction<ProductValue, Other>(
      _ product: Product<ProductValue>, \(inputs), overrides: [Override] = []
      ) async throws -> Other {
      throw Dataflow.DataflowError.noValue(step: product.name, reason: "it is of another type")
      }
      """
  }

  /// Stands before an overload that only exists for what the compiler says: without it a product that is given to a
  /// variable of another type "failed to produce diagnostic for expression".
  private var mismatch: String {
    """
    @available(*, unavailable, message: "the step produces another type than is expected here")
    """
  }
}
