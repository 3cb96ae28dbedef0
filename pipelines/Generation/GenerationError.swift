import LanguageModel

/// What is wrong with a request for one text; all of it is found before a model is asked.
public enum GenerationError: Error, CustomStringConvertible {
  /// Neither the command nor the configuration names a model.
  case noModel
  /// The name of a model begins with no provider, and there is none configured whose server could have it.
  case unknownProvider(name: String)
  /// The prompt file, or what is put into it, is wrong.
  case badPrompt(reason: String)
  /// The schema is no JSON, or cannot be kept to.
  case unusableSchema(name: String, reason: String)

  /// What was being done, what is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .noModel:
      "no language model is named: give --model, such as `--model ollama/llama3.1`, or set `language_model` in the "
        + "configuration."
    case .unknownProvider(let name):
      "cannot tell who serves the model `\(name)`: write its provider before it, such as `ollama/\(name)`\(suggestion(name)) "
        + "Known: \(Self.providers.joined(separator: ", ")); or name a .gguf file."
    case .badPrompt(let reason): reason
    case .unusableSchema(let name, let reason): "the schema \(name) cannot be used: \(reason)."
    }
  }

  static let providers = LanguageModelConfiguration.Provider.allCases.map(\.rawValue)
}

private func suggestion(_ name: String) -> String {
  let first = String(name.prefix { $0 != "/" })
  guard first != name, let near = nearestName(to: first, in: GenerationError.providers) else { return "." }
  return "; did you mean `\(near)\(name.dropFirst(first.count))`?"
}
