import Domain
import Pipelines

/// Embeds as the hash embedder does, under another name, and refuses texts with a certain word.
struct RefusingEmbedder: Embedder {
  struct Refusal: Error, CustomStringConvertible {
    var description: String { "the text is refused" }
  }

  static let former = EmbeddingModelInfo(name: "former", digest: "1", dimension: 384, maximumTokens: 512)

  var model: EmbeddingModelInfo
  var refused: String?

  private let words = HashEmbedder()

  init(_ model: EmbeddingModelInfo = RefusingEmbedder.former, refused: String? = nil) {
    self.model = model
    self.refused = refused
  }

  var tokenizer: any Tokenizer { words.tokenizer }

  func embed(_ texts: [String]) async throws -> [[Float]] {
    if let refused, texts.contains(where: { $0.contains(refused) }) { throw Refusal() }
    return try await words.embed(texts)
  }
}
