public import LanguageModel

/// A language model, as the configuration has it.
public struct ModelSettings: Sendable {
  /// `extractive`, or a provider of `LanguageModelConfiguration`.
  public var provider: String
  /// The model's name at its server.
  public var model: String?
  /// The server's address.
  public var endpoint: String?
  /// The server's key.
  public var apiKey: String?
  /// How the server is asked for JSON.
  public var dialect: SchemaDialect?
  /// How freely it writes, from 0 to 2.
  public var temperature: Double
  /// The longest reply, in tokens.
  public var maximumTokens: Int
  /// Whether temperature and longest reply were set for this model, so that they hold whatever the first one's are.
  public var hasOwnSampling: Bool
  /// The tokens of prompt and reply together that Ollama or llama.cpp makes room for.
  public var context: Int
  /// Whether it reads messages of the system.
  public var readsSystemMessages: Bool
  /// The longest wait for one reply, in seconds.
  public var timeout: Double
  /// How often and when it is asked again.
  public var retries: RetrySettings
  /// How much may be asked of it.
  public var limits: ModelLimits
  /// The file that llama.cpp's server is started for.
  public var modelPath: String?
  /// The threads of that server.
  public var threads: Int?
  /// The program that serves the file.
  public var program: String

  /// What the library makes a model of; nil for `extractive`.
  ///
  /// - Parameter isFirst: whether requests are made with this model's sampling, so that it needs none of its own.
  func libraryConfiguration(isFirst: Bool) -> LanguageModelConfiguration? {
    guard let provider = LanguageModelConfiguration.Provider(rawValue: provider) else { return nil }
    var configuration = LanguageModelConfiguration(
      provider: provider, model: model ?? "", endpoint: endpoint, apiKey: apiKey, context: context, timeout: timeout)
    configuration.dialect = dialect
    configuration.modelPath = modelPath
    configuration.threads = threads
    configuration.program = program
    configuration.readsSystemMessages = readsSystemMessages
    configuration.retries = retries
    configuration.limits = limits
    if hasOwnSampling && !isFirst {
      configuration.temperature = temperature
      configuration.maximumTokens = maximumTokens
    }
    return configuration
  }
}

/// Where prompt files are that take the place of the built-in ones.
public enum PromptPlace: Sendable, Hashable {
  /// Nowhere.
  case builtIn
  /// All files of a folder.
  case folder(String)
  /// Files by the names of their use cases.
  case files([String: String])
}
