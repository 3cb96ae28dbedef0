/// How long a server says that its parts of the work took, in seconds.
public struct ServerTiming: Codable, Hashable, Sendable {
  /// Loading the model, when it had to be loaded.
  public var loadSeconds: Double?
  /// Reading the prompt.
  public var promptSeconds: Double?
  /// Writing the reply.
  public var generationSeconds: Double?

  /// Makes a timing; see the properties.
  public init(loadSeconds: Double? = nil, promptSeconds: Double? = nil, generationSeconds: Double? = nil) {
    self.loadSeconds = loadSeconds
    self.promptSeconds = promptSeconds
    self.generationSeconds = generationSeconds
  }

  enum CodingKeys: String, CodingKey {
    case loadSeconds = "load_seconds"
    case promptSeconds = "prompt_seconds"
    case generationSeconds = "generation_seconds"
  }
}
