import Domain
import Foundation

/// The measures of a BERT encoder; the defaults are those of all-MiniLM-L6-v2.
struct BertConfiguration: Sendable, Equatable {
  /// Components of a token's vector.
  var hiddenSize = 384
  /// Components between the two halves of a feed-forward layer.
  var intermediateSize = 1536
  /// Encoder layers.
  var layerCount = 6
  /// Attention heads of each layer.
  var headCount = 12
  /// Tokens that have a vector.
  var vocabularySize = 30522
  /// Positions that have a vector.
  var positionCount = 512
  /// Kinds of segments that have a vector, of which only the first is used.
  var segmentKindCount = 2
  /// Added to variances in layer normalisation.
  var epsilon: Float = 1e-12
  /// The longest input in tokens: what sentence-transformers reads, or fewer if there are not as many positions.
  var maximumTokens = 256

  /// How the vector of a text is made of those of its tokens.
  var pooling = Pooling.mean

  /// How the vector of a text is made of those of its tokens.
  enum Pooling: String {
    /// Their mean.
    case mean
    /// The vector of the first token, `[CLS]`.
    case firstToken = "cls"
  }

  /// Components of one head.
  var headSize: Int { hiddenSize / headCount }

  /// The largest value that any measure may have, so that products of two cannot overflow.
  private static let largestMeasure = 1 << 20

  /// Reads `config.json`, and what ``SentenceConfiguration`` reads, where the folder has them.
  ///
  /// - Throws: ``EmbeddingError`` for a file that is not JSON, or for an architecture other than BERT.
  init(folder: String) throws {
    if let config = try decodedFile(path: folder + "/config.json", of: Config.self) {
      let path = folder + "/config.json"
      try require(config.modelType, "bert", "model_type", path)
      try require(config.hiddenAct, "gelu", "hidden_act", path)
      try require(config.positionEmbeddingType, "absolute", "position_embedding_type", path)
      apply(config)
      try check(path)
    }
    let sentence = try SentenceConfiguration(folder: folder)
    pooling = sentence.pooling
    maximumTokens = min(sentence.maximumTokens ?? maximumTokens, positionCount)
    guard maximumTokens > 2 else {
      throw EmbeddingError.unsupported(path: folder, reason: "it reads inputs of \(maximumTokens) tokens only")
    }
  }

  private mutating func apply(_ config: Config) {
    hiddenSize = config.hiddenSize ?? hiddenSize
    intermediateSize = config.intermediateSize ?? intermediateSize
    layerCount = config.numHiddenLayers ?? layerCount
    headCount = config.numAttentionHeads ?? headCount
    vocabularySize = config.vocabSize ?? vocabularySize
    positionCount = config.maxPositionEmbeddings ?? positionCount
    segmentKindCount = config.typeVocabSize ?? segmentKindCount
    epsilon = config.layerNormEps ?? epsilon
  }

  private func check(_ path: String) throws {
    let measures = [
      hiddenSize, intermediateSize, layerCount, headCount, vocabularySize, positionCount, segmentKindCount,
    ]
    guard measures.allSatisfy({ (1...Self.largestMeasure).contains($0) }) else {
      throw EmbeddingError.unsupported(path: path, reason: "a size is not between 1 and \(Self.largestMeasure)")
    }
    for size in [hiddenSize, intermediateSize] where !size.isMultiple(of: 16) {
      throw EmbeddingError.unsupported(path: path, reason: "its size \(size) is not a multiple of 16")
    }
    guard hiddenSize.isMultiple(of: headCount), (hiddenSize / headCount).isMultiple(of: 2) else {
      throw EmbeddingError.unsupported(
        path: path, reason: "its size \(hiddenSize) is no even multiple of its \(headCount) heads")
    }
  }
}

private func require(_ value: String?, _ expected: String, _ key: String, _ path: String) throws {
  guard let value, value != expected else { return }
  throw EmbeddingError.unsupported(path: path, reason: "\(key) is \(value), not \(expected)")
}

/// What matters of Hugging Face's `config.json`.
private struct Config: Decodable {
  var modelType: String?
  var hiddenAct: String?
  var positionEmbeddingType: String?
  var hiddenSize: Int?
  var intermediateSize: Int?
  var numHiddenLayers: Int?
  var numAttentionHeads: Int?
  var vocabSize: Int?
  var maxPositionEmbeddings: Int?
  var typeVocabSize: Int?
  var layerNormEps: Float?
}
