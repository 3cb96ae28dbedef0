import SwiftDiagnostics
import SwiftSyntax

/// What is wrong between the steps of a pipeline that the compiler would not find, or not say well.
struct PipelineProblems {
  let steps: [StepModel]
  let checks: [CheckModel]
  /// Whether these are all steps; where some could not be read, nothing is said to be missing.
  let isComplete: Bool

  var found: [Diagnostic] {
    VariantProblems(steps: steps, isComplete: isComplete).found + cycles + contradictions + itemsOfNothing
      + checksOfNothing
  }

  /// Inputs to which two steps give different defaults: only one of them could hold.
  private var contradictions: [Diagnostic] {
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

  /// Needs for the results or removals of items, of steps that make none.
  private var itemsOfNothing: [Diagnostic] {
    steps.flatMap(\.parameters).compactMap { parameter in
      guard parameter.form == .results || parameter.form == .removed else { return nil }
      guard let producer = steps.first(where: { $0.name == parameter.need && $0.depth == 0 }) else { return nil }
      return Diagnostic(
        "'\(parameter.need)' is not made item by item, so that no item of it can fail or be removed; take its value",
        at: parameter.type,
        notes: [("this step takes no Each", Syntax(producer.function.name))])
    }
  }

  private var checksOfNothing: [Diagnostic] {
    checks.compactMap { check in
      let producers = steps.filter { $0.name == check.step }
      let label = check.function.signature.parameterClause.parameters.first?.firstName
      if producers.isEmpty {
        let nearest = nearestName(to: check.step, in: steps.map(\.name))
        let suggestion = nearest.map { "; did you mean '\($0)'?" } ?? ""
        guard isComplete, let label else { return nil }
        return Diagnostic("there is no step '\(check.step)' to check\(suggestion)", at: label)
      }
      guard check.isPerItem, let whole = producers.first(where: { $0.depth == 0 }) else { return nil }
      return Diagnostic(
        "'\(check.step)' is not made item by item; check the whole of it", at: check.parameter.type,
        notes: [("this step takes no Each", Syntax(whole.function.name))])
    }
  }

  /// One complaint for each circle, found by walking the needs depth first.
  private var cycles: [Diagnostic] {
    enum Colour { case open, finished }
    var colours: [String: Colour] = [:]
    var path: [String] = []
    var complaints: [Diagnostic] = []
    func visit(_ name: String) {
      colours[name] = .open
      path.append(name)
      for step in steps where step.name == name {
        let nodes = Array(step.function.signature.parameterClause.parameters)
        for (parameter, node) in zip(step.parameters, nodes) where steps.contains(where: { $0.name == parameter.need })
        {
          switch colours[parameter.need] {
          case .finished: continue
          case .open:
            let cycle = path.drop { $0 != parameter.need } + [parameter.need]
            complaints.append(
              Diagnostic("steps form a cycle: \(cycle.joined(separator: " -> "))", at: node.firstName))
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
}
