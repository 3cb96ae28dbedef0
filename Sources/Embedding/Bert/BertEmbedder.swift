public import Domain
import Foundation
public import Tokenizers

/// A sentence-transformers model of the BERT kind such as all-MiniLM-L6-v2, computed here: vectors of length one.
///
/// The vectors of tokens stay in the mapped file; the weights of the layers are packed when the model is loaded, once for
/// all threads, and their pages of the file are given back.
public struct BertEmbedder: Embedder {
  /// How many tokens are computed together: the fastest of the sizes measured (docs/embedding.md).
  static let groupSize = 256
  /// The most threads that share the products of a single group, which are small.
  private static let mostThreads = 8

  /// The model's name, the digest of its files (``modelDigest(of:configuration:precision:prefix:vocabulary:)``) and its sizes.
  public let model: EmbeddingModelInfo
  /// The model's WordPiece tokenizer.
  public var tokenizer: any Tokenizer { wordPieces }

  /// How many texts were cut; see ``Embedder/truncatedTexts``.
  public var truncatedTexts: Int { truncated.count }

  private let wordPieces: WordPieceTokenizer
  private let encoder: BertEncoder
  private let overLimit: OverLimit
  private let truncated = TextCounter()
  private let queryPrefix: String
  private let passagePrefix: String
  private let queue = ComputeQueue()

  /// Loads the model of a folder with `model.safetensors` and `vocab.txt`; `config.json` and
  /// `sentence_bert_config.json` are followed where they are, else the sizes are those of all-MiniLM-L6-v2.
  ///
  /// - Parameters:
  ///   - folder: the model's folder.
  ///   - name: the model's name in ``model``.
  ///   - precision: what it is computed in.
  ///   - overLimit: what becomes of texts that are too long.
  ///   - prefixes: what is written before texts; what is left open is what the model's files say, or its
  ///     name lets know.
  /// - Throws: ``EmbeddingError`` or `TokenizerError` when a file is missing, damaged, or of another kind of model.
  public init(
    folder: String, name: String, precision: Precision = .f32, overLimit: OverLimit = .error,
    prefixes: EmbeddingPrefixes = EmbeddingPrefixes()
  ) throws {
    for file in ["model.safetensors", "vocab.txt"] where !FileManager.default.fileExists(atPath: folder + "/" + file) {
      throw EmbeddingError.notInstalled(name: name, missing: folder + "/" + file)
    }
    let configuration = try BertConfiguration(folder: folder)
    let known = try SentenceConfiguration(folder: folder).prefixes.filled(from: EmbeddingPrefixes(knownFor: name))
    let prefixes = prefixes.filled(from: known)
    (queryPrefix, passagePrefix) = (prefixes.query ?? "", prefixes.passage ?? "")
    let tensors = try SafetensorsFile(path: folder + "/model.safetensors")
    if let missing = precision.missingInstructions {
      throw EmbeddingError.unsupportedPrecision(precision, missing: missing)
    }
    let weights = try BertWeights(tensors, configuration: configuration)
    wordPieces = try WordPieceTokenizer(vocabularyAt: folder + "/vocab.txt")
    guard wordPieces.vocabularySize <= configuration.vocabularySize else {
      throw EmbeddingError.invalidFile(
        path: folder + "/vocab.txt",
        reason: "it has \(wordPieces.vocabularySize) tokens, but the model \(configuration.vocabularySize)")
    }
    let digest = try modelDigest(
      of: tensors.file, configuration: configuration, precision: precision, prefix: passagePrefix,
      vocabulary: folder + "/vocab.txt")
    // The words before a text take room from it.
    let room = max(wordPieces.tokens(of: queryPrefix).count, wordPieces.tokens(of: passagePrefix).count)
    guard configuration.maximumTokens - room > wordPieces.specialTokenCount else {
      throw EmbeddingError.unsupported(path: folder, reason: "the prefixes leave no room for a text")
    }
    model = EmbeddingModelInfo(
      name: name, digest: digest, dimension: configuration.hiddenSize,
      maximumTokens: configuration.maximumTokens - room)
    self.overLimit = overLimit
    encoder = Self.encoder(configuration, weights, precision, wordPieces)
    tensors.file.releasePages()
  }

  /// Packs the weights; for 8-bit integers after a look at what goes through the layers.
  private static func encoder(
    _ configuration: BertConfiguration, _ weights: BertWeights, _ precision: Precision,
    _ tokenizer: WordPieceTokenizer
  ) -> BertEncoder {
    guard precision == .int8 else {
      return BertEncoder(configuration: configuration, weights: weights, precision: precision)
    }
    let texts = calibrationTexts.map {
      tokenizer.encode($0, maximumLength: configuration.maximumTokens).ids
    }
    return BertEncoder(configuration: configuration, weights: weights, calibratedBy: texts)
  }

  /// The vectors of `texts`; see ``Embedder/embed(_:)``.
  ///
  /// - Throws: ``EmbeddingError/tooLong(index:tokens:limit:)`` unless the embedder was made for such texts,
  ///   ``EmbeddingError/notANumber(index:)``, or `CancellationError`.
  public func embed(_ texts: [String]) async throws -> [[Float]] {
    try await queue.run { try vectors(of: texts, after: passagePrefix, $0) }
  }

  /// The vectors of queries, with the words before them that the model wants; see ``Embedder/embed(queries:)``.
  ///
  /// - Throws: as ``embed(_:)`` does.
  public func embed(queries: [String]) async throws -> [[Float]] {
    try await queue.run { try vectors(of: queries, after: queryPrefix, $0) }
  }

  private func vectors(
    of texts: [String], after prefix: String, _ cancellation: ComputeQueue.Cancellation
  ) throws -> [[Float]] {
    var passages: [Passage] = []
    for (index, text) in texts.enumerated() {
      if cancellation.isCancelled { throw CancellationError() }
      passages += try self.passages(of: text, after: prefix, index: index)
    }
    let groups = passages.grouped(tokens: Self.groupSize)
    // Threads that share a product wait for each other; with two groups or more each core has its own.
    let threads = groups.count == 1 ? min(ComputeQueue.coreCount, Self.mostThreads) : 1
    let means = try ComputeQueue.map(groups.count, cancellation) { [passages] group in
      encoder.vectors(of: groups[group].map { passages[$0].ids }, threads: threads, cancellation)
    }
    // In the order of the passages, so that sums do not depend on the order in which the cores were done.
    var meanOfPassage = [[Float]](repeating: [], count: passages.count)
    for (passage, mean) in zip(groups.joined(), means.joined()) { meanOfPassage[passage] = mean }
    var sums = [[Float]](repeating: [], count: texts.count)
    for (passage, mean) in zip(passages, meanOfPassage) {
      add(mean, times: Float(passage.weight), to: &sums[passage.text])
    }
    for index in sums.indices where !normalize(&sums[index]) { throw EmbeddingError.notANumber(index: index) }
    return sums
  }

  /// A text after the words that the model wants before it; in windows, each of which has those words, if it is too long
  /// and they are wanted.
  private func passages(of text: String, after prefix: String, index: Int) throws -> [Passage] {
    let limit = encoder.configuration.maximumTokens
    let whole = wordPieces.encode(prefix + text, maximumLength: overLimit == .truncate ? limit : nil)
    if whole.isTruncated { truncated.add() }
    guard whole.ids.count > limit else {
      return [Passage(text: index, ids: whole.ids, weight: whole.ids.count)]
    }
    guard overLimit == .windows else {
      throw EmbeddingError.tooLong(index: index, tokens: whole.fullLength, limit: limit)
    }
    let before = wordPieces.encode(prefix, maximumLength: nil).ids.dropLast()
    let ids = wordPieces.encode(text, maximumLength: nil).ids
    let size = limit - before.count - 1
    return stride(from: 1, to: ids.count - 1, by: size).map { start in
      let window = ids[start..<min(start + size, ids.count - 1)]
      return Passage(
        text: index, ids: before + window + ids.suffix(1), weight: window.count + wordPieces.specialTokenCount)
    }
  }

  private func add(_ vector: [Float], times weight: Float, to sum: inout [Float]) {
    if sum.isEmpty { sum = [Float](repeating: 0, count: vector.count) }
    for index in vector.indices { sum[index] += weight * vector[index] }
  }
}
