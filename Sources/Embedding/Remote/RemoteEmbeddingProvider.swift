/// A way in which servers are asked for vectors.
public enum RemoteEmbeddingProvider: String, Codable, CaseIterable, Sendable {
  /// `/v1/embeddings`: OpenAI, vLLM, llama.cpp's server, LM Studio, Text Embeddings Inference.
  case openai
  /// Cohere's `/v2/embed`.
  case cohere
  /// Ollama's `/api/embed`.
  case ollama
  /// `/embed` of Hugging Face's Text Embeddings Inference.
  case tei
  /// Hugging Face's inference router.
  case huggingface

  /// The address when none is configured.
  public var defaultEndpoint: String {
    switch self {
    case .openai: "https://api.openai.com/v1"
    case .cohere: "https://api.cohere.com"
    case .ollama: "http://localhost:11434"
    case .tei: "http://localhost:8080"
    case .huggingface: "https://router.huggingface.co/hf-inference"
    }
  }

  /// The variable that holds the key for ``defaultEndpoint``, as the provider's own clients name it; nil where there is
  /// no key.
  public var keyVariable: String? {
    switch self {
    case .openai: "OPENAI_API_KEY"
    case .cohere: "CO_API_KEY"
    case .huggingface: "HF_TOKEN"
    case .ollama, .tei: nil
    }
  }

  /// The model when none is configured; nil where every server has its own.
  public var defaultModel: String? {
    switch self {
    case .openai: "text-embedding-3-small"
    case .cohere: "embed-v4.0"
    case .ollama, .tei, .huggingface: nil
    }
  }
}

/// What the providers' documentation says of a model.
struct KnownRemoteModel {
  /// The components of its vectors.
  let dimension: Int
  /// The most tokens of a text.
  let maximumTokens: Int

  /// The models of OpenAI (platform.openai.com, "Vector embeddings") and of Cohere (docs.cohere.com, "Embed models").
  static func named(_ model: String, of provider: RemoteEmbeddingProvider) -> KnownRemoteModel? {
    switch (provider, model) {
    case (.openai, "text-embedding-3-small"), (.openai, "text-embedding-ada-002"):
      KnownRemoteModel(dimension: 1536, maximumTokens: 8192)
    case (.openai, "text-embedding-3-large"): KnownRemoteModel(dimension: 3072, maximumTokens: 8192)
    case (.cohere, "embed-v4.0"): KnownRemoteModel(dimension: 1536, maximumTokens: 128_000)
    case (.cohere, "embed-english-v3.0"), (.cohere, "embed-multilingual-v3.0"):
      KnownRemoteModel(dimension: 1024, maximumTokens: 512)
    case (.cohere, "embed-english-light-v3.0"), (.cohere, "embed-multilingual-light-v3.0"):
      KnownRemoteModel(dimension: 384, maximumTokens: 512)
    default: nil
    }
  }
}
