/// A server of llama.cpp's that is started for a model file.
public struct LlamaServerConfiguration: Codable, Hashable, Sendable {
  /// The model, a GGUF file.
  public var modelPath: String
  /// The tokens of prompt and reply together.
  public var contextLength: Int
  /// The threads that compute; nil leaves it to the server.
  public var threads: Int?
  /// `llama-server`, or a Python that has `llama_cpp.server`: a path, or a name on the `PATH`.
  public var program: String
  /// The most seconds for loading the model.
  public var loadTimeout: Double

  /// Makes a configuration; see the properties.
  public init(
    modelPath: String, contextLength: Int = 8192, threads: Int? = nil, program: String = "llama-server",
    loadTimeout: Double = 300
  ) {
    self.modelPath = modelPath
    self.contextLength = contextLength
    self.threads = threads
    self.program = program
    self.loadTimeout = loadTimeout
  }

  /// What the server calls the model: the file's name without its ending.
  var alias: String {
    let file = modelPath.split(separator: "/").last.map(String.init) ?? modelPath
    return file.lowercased().hasSuffix(".gguf") ? String(file.dropLast(5)) : file
  }

  /// Whether the program is a Python, whose module serves.
  var isPython: Bool { program.split(separator: "/").last?.hasPrefix("python") ?? false }

  /// How schemas are asked for.
  var dialect: SchemaDialect { isPython ? .llamaCppPython : .openai }

  func arguments(port: Int) -> [String] {
    let common = ["--host", "127.0.0.1", "--port", String(port), "--model", modelPath]
    if isPython {
      let threads = threads.map { ["--n_threads", String($0)] } ?? []
      return ["-m", "llama_cpp.server"] + common + ["--model_alias", alias, "--n_ctx", String(contextLength)] + threads
    }
    let threads = threads.map { ["--threads", String($0)] } ?? []
    return common + ["--alias", alias, "--ctx-size", String(contextLength)] + threads
  }
}
