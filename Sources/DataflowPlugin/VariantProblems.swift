import SwiftDiagnostics
import SwiftSyntax

/// Steps of one name that would both run, or of which none would.
///
/// A macro does not see the cases of an enum. Where variants name those that they are for, the compiler finds the ones
/// that are missing, by a switch; a variant for all cases but one is complete with variants for just that one.
struct VariantProblems {
  let steps: [StepModel]
  /// Whether these are all steps; where some could not be read, nothing is said to be missing.
  let isComplete: Bool

  var found: [Diagnostic] {
    var names = Set<String>()
    return steps.flatMap { step in
      names.insert(step.name).inserted ? problems(among: steps.filter { $0.name == step.name }) : []
    }
  }

  private func problems(among group: [StepModel]) -> [Diagnostic] {
    guard let first = group.first else { return [] }
    // Steps that do not all choose by one input exclude each other under no condition.
    let strangers = group.dropFirst().filter { $0.variant == nil || $0.variant?.type != first.variant?.type }
    guard strangers.isEmpty else { return strangers.map { twice($0, first, nil) } }
    let exclusions = group.filter { $0.variant?.excluded != nil }
    return repetitions(in: group) + (exclusions.isEmpty ? [] : problems(of: exclusions, in: group))
  }

  /// Cases that two variants name, or one twice.
  private func repetitions(in group: [StepModel]) -> [Diagnostic] {
    var owners: [String: StepModel] = [:]
    var complaints: [Diagnostic] = []
    for step in group {
      for choice in step.variant?.covered ?? [] {
        if let owner = owners[choice] { complaints.append(twice(step, owner, choice)) }
        owners[choice] = owners[choice] ?? step
      }
    }
    return complaints
  }

  private func problems(of exclusions: [StepModel], in group: [StepModel]) -> [Diagnostic] {
    guard let step = exclusions.first, let variant = step.variant, let excluded = variant.excluded else { return [] }
    if exclusions.count > 1 {
      let all = exclusions.compactMap(\.variant?.excluded)
      return exclusions.dropFirst().map { other in
        Diagnostic(
          "step '\(step.name)' has variants for all but \(all.joined(separator: " and for all but ")), which meet in "
            + "the other cases; keep one 'whenNot'",
          at: other.function.name, notes: [("the first of them", Syntax(step.function.name))])
      }
    }
    var complaints: [Diagnostic] = []
    var isCovered = false
    for other in group {
      for choice in other.variant?.covered ?? [] {
        isCovered = isCovered || choice == excluded
        if choice != excluded {
          complaints.append(
            Diagnostic(
              "step '\(step.name)' is produced twice when \(variant.input) is \(choice)", at: other.function.name,
              notes: [("this variant is for all but \(excluded)", Syntax(step.function.name))]))
        }
      }
    }
    if !isCovered, isComplete {
      complaints.append(
        Diagnostic(
          "no variant of step '\(step.name)' is for \(excluded); add one with 'when: \(variant.type).\(excluded)'",
          at: variant.expression))
    }
    return complaints
  }

  private func twice(_ step: StepModel, _ earlier: StepModel, _ choice: String?) -> Diagnostic {
    let condition = choice.flatMap { choice in step.variant.map { " when \($0.input) is \(choice)" } } ?? ""
    return Diagnostic(
      "step '\(step.name)' is produced twice\(condition)", at: step.function.name,
      notes: [("first produced here", Syntax(earlier.function.name))])
  }
}
