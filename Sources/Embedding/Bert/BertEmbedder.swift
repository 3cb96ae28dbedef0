public import Domain
import Foundation
public import Tokenizers

/// A sentence-transformers model of the BERT kind such as all-MiniLM-L6-v2, computed here in 32-bit floats: mean pooling,
/// vectors of length one.
///
/// The weights stay in the mapped file, so that loading costs little and processes share them.
public struct BertEmbedder: Embedder {
  /// How many tokens are computed together: the fastest of the sizes measured (docs/embedding.md).
  static let groupSize = 1024

  /// The model's name, the digest of its files (``modelDigest(of:configuration:vocabulary:)``) and its sizes.
  public let model: EmbeddingModelInfo
  /// The model's WordPiece tokenizer.
  public var tokenizer: any Tokenizer { wordPieces }

  private let wordPieces: WordPieceTokenizer
  private let encoder: BertEncoder
  private let overLimit: OverLimit
  private let queue = ComputeQueue()

  /// Loads the model of a folder with `model.safetensors` and `vocab.txt`; `config.json` and
  /// `sentence_bert_config.json` are followed where they are, else the sizes are those of all-MiniLM-L6-v2.
  ///
  /// - Parameters:
  ///   - folder: the model's folder.
  ///   - name: the model's name in ``model``.
  ///   - overLimit: what becomes of texts that are too long.
  /// - Throws: ``EmbeddingError`` or `TokenizerError` when a file is missing, damaged, or of another kind of model.
  public init(folder: String, name: String, overLimit: OverLimit = .error) throws {
    for file in ["model.safetensors", "vocab.txt"] where !FileManager.default.fileExists(atPath: folder + "/" + file) {
      throw EmbeddingError.notInstalled(name: name, missing: folder + "/" + file)
    }
    let configuration = try BertConfiguration(folder: folder)
    let tensors = try SafetensorsFile(path: folder + "/model.safetensors")
    encoder = BertEncoder(
      configuration: configuration, weights: try BertWeights(tensors, configuration: configuration))
    wordPieces = try WordPieceTokenizer(vocabularyAt: folder + "/vocab.txt")
    guard wordPieces.vocabularySize <= configuration.vocabularySize else {
      throw EmbeddingError.invalidFile(
        path: folder + "/vocab.txt",
        reason: "it has \(wordPieces.vocabularySize) tokens, but the model \(configuration.vocabularySize)")
    }
    let digest = try modelDigest(
      of: tensors.file, configuration: configuration, vocabulary: folder + "/vocab.txt")
    model = EmbeddingModelInfo(
      name: name, digest: digest, dimension: configuration.hiddenSize,
      maximumTokens: configuration.maximumTokens)
    self.overLimit = overLimit
  }

  /// The vectors of `texts`; see ``Embedder/embed(_:)``.
  ///
  /// - Throws: ``EmbeddingError/tooLong(index:tokens:limit:)`` unless the embedder was made for such texts,
  ///   ``EmbeddingError/notANumber(index:)``, or `CancellationError`.
  public func embed(_ texts: [String]) async throws -> [[Float]] {
    try await queue.run { try vectors(of: texts, $0) }
  }

  private func vectors(of texts: [String], _ cancellation: ComputeQueue.Cancellation) throws -> [[Float]] {
    var passages: [Passage] = []
    for (index, text) in texts.enumerated() {
      if cancellation.isCancelled { throw CancellationError() }
      passages += try self.passages(of: text, index: index).map { Passage(text: index, ids: $0) }
    }
    let groups = passages.grouped(tokens: Self.groupSize)
    let means = try ComputeQueue.map(groups.count, cancellation) { [passages] group in
      encoder.meanVectors(of: groups[group].map { passages[$0].ids }, cancellation)
    }
    // In the order of the passages, so that sums do not depend on the order in which the cores were done.
    var meanOfPassage = [[Float]](repeating: [], count: passages.count)
    for (passage, mean) in zip(groups.joined(), means.joined()) { meanOfPassage[passage] = mean }
    var sums = [[Float]](repeating: [], count: texts.count)
    for (passage, mean) in zip(passages, meanOfPassage) {
      add(mean, times: Float(passage.ids.count), to: &sums[passage.text])
    }
    for index in sums.indices where !normalize(&sums[index]) { throw EmbeddingError.notANumber(index: index) }
    return sums
  }

  /// The tokens of a text, in more than one piece if it is too long and windows are wanted.
  private func passages(of text: String, index: Int) throws -> [[Int32]] {
    let limit = model.maximumTokens
    let whole = wordPieces.encode(text, maximumLength: overLimit == .truncate ? limit : nil)
    guard whole.ids.count > limit else { return [whole.ids] }
    guard overLimit == .windows else {
      throw EmbeddingError.tooLong(index: index, tokens: whole.fullLength, limit: limit)
    }
    let size = limit - wordPieces.specialTokenCount
    return stride(from: 1, to: whole.ids.count - 1, by: size).map { start in
      whole.ids.prefix(1) + whole.ids[start..<min(start + size, whole.ids.count - 1)] + whole.ids.suffix(1)
    }
  }

  private func add(_ vector: [Float], times weight: Float, to sum: inout [Float]) {
    if sum.isEmpty { sum = [Float](repeating: 0, count: vector.count) }
    for index in vector.indices { sum[index] += weight * vector[index] }
  }
}
