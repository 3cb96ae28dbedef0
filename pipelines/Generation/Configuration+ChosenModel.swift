import Foundation
public import LanguageModel

extension Configuration {
  /// The configuration with another language model and none that stands in for it.
  ///
  /// - Parameters:
  ///   - model: `PROVIDER/NAME`, a GGUF file, or another model of the configured provider.
  ///   - folder: what the path of a file is relative to.
  /// - Throws: ``GenerationError/unknownProvider(name:)``.
  public func choosing(model: String, in folder: String) throws -> Configuration {
    var chosen = self
    chosen.fallbackModels = []
    var settings = languageModel
    if model.lowercased().hasSuffix(".gguf") {
      settings.provider = "llama_cpp"
      let base = URL(fileURLWithPath: folder, isDirectory: true)
      settings.modelPath =
        URL(fileURLWithPath: (model as NSString).expandingTildeInPath, relativeTo: base).standardizedFileURL.path
      (settings.model, settings.endpoint, settings.apiKey) = (nil, nil, nil)
    } else if let slash = model.firstIndex(of: "/"), GenerationError.providers.contains(String(model[..<slash])) {
      let provider = String(model[..<slash])
      // The address and the key are one provider's.
      if provider != settings.provider { (settings.endpoint, settings.apiKey, settings.dialect) = (nil, nil, nil) }
      settings.provider = provider
      settings.model = String(model[model.index(after: slash)...])
      settings.modelPath = nil
    } else {
      guard settings.provider != "extractive" else { throw GenerationError.unknownProvider(name: model) }
      settings.model = model
      settings.modelPath = nil
    }
    chosen.languageModel = settings
    return chosen
  }

  /// The prompts, with those of the user's own in the place of the built-in ones.
  ///
  /// - Throws: `PromptError`.
  public func promptLibrary() throws -> PromptLibrary {
    var library = try PromptLibrary()
    switch prompts {
    case .builtIn: break
    case .folder(let folder): try library.take(folder: folder)
    case .files(let files):
      for (useCase, file) in files.sorted(by: { $0.key < $1.key }) {
        try library.take(file: file, for: useCase)
      }
    }
    return library
  }

  /// The variables that the clients of these services read their keys from.
  private static let keyVariables = [
    "openai": ["OPENAI_API_KEY"], "anthropic": ["ANTHROPIC_API_KEY"], "cohere": ["CO_API_KEY", "COHERE_API_KEY"],
    "huggingface": ["HF_TOKEN"],
  ]

  /// The key of a model: the configured one; else, where the address is the service's own, that of its variable. A key is
  /// sent to nobody else.
  func apiKey(of model: ModelSettings) -> String? {
    if let key = model.apiKey { return key }
    guard model.endpoint == nil else { return nil }
    return Self.keyVariables[model.provider]?.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
  }
}
