/// One thing that is wrong with a graph or with what is asked of it.
public enum GraphProblem: Sendable, Hashable, CustomStringConvertible {
  /// Steps need each other in a circle; the path names the first step again at its end.
  case cycle([String])
  /// Two steps make the same product under the same condition; the modules that they belong to, if they have names.
  case duplicateStep(String, modules: [String])
  /// Two variants of a step both fit one choice.
  case overlappingVariants(step: String, input: String, choice: String)
  /// No variant of a step fits some of the choices that there are.
  case uncoveredChoices(step: String, input: String, choices: [String])
  /// Two steps need one input as different types.
  case conflictingInput(String, step: String, expected: String, other: String, otherExpected: String)
  /// A step takes what became of the items, or what was removed, of something that no fanned-out step makes.
  case noItems(step: String, need: String)
  /// No variant of a step fits the choice.
  case noVariant(step: String, input: String, choices: [String])
  /// A step fans out over something that it does not need.
  case fanWithoutNeed(step: String, need: String)
  /// A step needs an input that was not given.
  case missingInput(String, step: String, nearest: String?)
  /// A step was asked for that does not exist.
  case unknownStep(String, nearest: String?)
  /// An input was given that no step needs.
  case unknownInput(String, nearest: String?)
  /// A value was given in place of a step that does not exist.
  case unknownOverride(String, nearest: String?)
  /// An input was given under the name of a step.
  case inputShadowsStep(String)
  /// A step needs another type than what the step of that name produces; both with their modules, if they have any.
  case wrongProduct(step: String, need: String, expected: String, producer: String, found: String)
  /// A value was given of another type than needed.
  case wrongValue(String, expected: String)

  /// What is wrong and what to do about it, in one sentence.
  public var description: String {
    switch self {
    case .cycle(let path): "steps form a cycle: \(path.joined(separator: " -> "))"
    case .duplicateStep(let name, let modules):
      modules.isEmpty
        ? "step '\(name)' is produced twice"
        : "step '\(name)' is produced by \(modules.joined(separator: " and by ")); add the later one with "
          + "`overriding: true` if it is to replace the other"
    case .overlappingVariants(let step, let input, let choice):
      "two variants of step '\(step)' fit when '\(input)' is \(choice); make their conditions exclude each other"
    case .uncoveredChoices(let step, let input, let choices):
      "no variant of step '\(step)' fits when '\(input)' is \(choices.joined(separator: " or ")); add one"
    case .conflictingInput(let name, let step, let expected, let other, let otherExpected):
      "\(step) needs the input '\(name)' as \(expected), but \(other) needs it as \(otherExpected)"
    case .noItems(let step, let need):
      "step '\(step)' takes the items of '\(need)' one by one with their failures or removals, but no step makes "
        + "'\(need)' item by item"
    case .noVariant(let step, let input, let choices):
      "no variant of step '\(step)' fits the input '\(input)'; there are \(choices.joined(separator: ", "))"
    case .fanWithoutNeed(let step, let need): "step '\(step)' fans out over '\(need)', which is not among its needs"
    case .missingInput(let name, let step, let nearest):
      "step '\(step)' needs the input '\(name)', which was not given\(suggestion(nearest))"
    case .unknownStep(let name, let nearest): "there is no step '\(name)'\(suggestion(nearest))"
    case .unknownInput(let name, let nearest): "no step needs the input '\(name)'\(suggestion(nearest))"
    case .unknownOverride(let name, let nearest):
      "there is no step '\(name)' to override\(suggestion(nearest))"
    case .inputShadowsStep(let name):
      "the input '\(name)' has the name of a step; give it as an override to replace the step"
    case .wrongProduct(let step, let need, let expected, let producer, let found):
      "\(step) needs '\(need)' as \(expected), but \(producer) produces \(found)"
    case .wrongValue(let name, let expected): "the value given for '\(name)' is not of type \(expected)"
    }
  }

  private func suggestion(_ nearest: String?) -> String {
    nearest.map { "; did you mean '\($0)'?" } ?? ""
  }
}
