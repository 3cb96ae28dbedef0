import Domain

/// What is wrong with a prompt file, or with what is put into it. All of it is found before a model is asked.
public enum PromptError: Error, Hashable, CustomStringConvertible {
  /// The file cannot be read.
  case unreadable(file: String, reason: String)
  /// A line is not what it must be.
  case badLine(file: String, line: Int, reason: String)
  /// The front matter has a key that means nothing.
  case unknownKey(file: String, line: Int, key: String, known: [String])
  /// A hole that no input fills.
  case unknownHole(file: String, line: Int, hole: String, inputs: [String])
  /// An input that no hole takes.
  case unusedInput(file: String, line: Int, input: String, holes: [String])
  /// The caller gave no value for an input.
  case missingValue(prompt: String, input: String)
  /// The caller gave a value that the prompt has no input for.
  case unknownValue(prompt: String, value: String, inputs: [String])
  /// There is no prompt for a use case.
  case unknownPrompt(name: String, known: [String])

  /// What was being read or filled, where it is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read the prompt \(file): \(reason)."
    case .badLine(let file, let line, let reason): "\(file):\(line): \(reason)."
    case .unknownKey(let file, let line, let key, let known):
      "\(file):\(line): unknown key `\(key)`\(nearest(key, known))"
    case .unknownHole(let file, let line, let hole, let inputs):
      "\(file):\(line): no input fills {{\(hole)}}\(nearest(hole, inputs))"
    case .unusedInput(let file, let line, let input, let holes):
      "\(file):\(line): the input `\(input)` is used nowhere: write {{\(input)}} where it belongs, or leave it out of "
        + "`inputs`\(nearest(input, holes))"
    case .missingValue(let prompt, let input): "the prompt \(prompt) was given no `\(input)`, which it needs."
    case .unknownValue(let prompt, let value, let inputs):
      "the prompt \(prompt) was given `\(value)`, which is none of its inputs\(nearest(value, inputs))"
    case .unknownPrompt(let name, let known): "there is no prompt `\(name)`\(nearest(name, known))"
    }
  }
}

private func nearest(_ name: String, _ known: [String]) -> String {
  if let near = nearestName(to: name, in: known) { return "; did you mean `\(near)`?" }
  return known.isEmpty ? "." : "; known here: \(known.sorted().joined(separator: ", "))."
}
