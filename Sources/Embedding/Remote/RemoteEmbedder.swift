import Concurrency
public import Domain
public import HTTP
public import Tokenizers

/// Vectors from a server.
///
/// Texts are sent in batches, several at once, and come back in their order: one vector each, of length one and of the
/// model's dimension, or an error. A request is sent again as `HTTPClient` does it: on 408, 425, 429, 5xx and lost
/// connections, `Retry-After` heeded. No server is allowed to cut a text unless the configuration says `truncate`; a
/// text that it finds too long is looked for in its batch, so that what is done about it is done to that text alone.
public struct RemoteEmbedder: Embedder {
  /// The model: the provider and the name in a configuration.
  public let model: EmbeddingModelInfo
  /// Counts tokens for whoever cuts texts: the model's own where its `tokenizer.json` is at hand, else an estimate.
  public let tokenizer: any Tokenizer
  /// Counts what was asked.
  public let meter: EmbeddingMeter
  private let server: EmbeddingServer
  private let configuration: RemoteEmbeddingConfiguration
  private let window: AsyncSemaphore
  private let prefixes: EmbeddingPrefixes

  /// Finds out what has to be known of the model, asking the server for what neither the configuration nor its provider's
  /// documentation says.
  ///
  /// - Parameters:
  ///   - price: what a million tokens cost; nil if nobody knows.
  /// - Throws: ``EmbeddingError``; `CancellationError`.
  public init(
    _ configuration: RemoteEmbeddingConfiguration, tokenizer: any Tokenizer, price: Double? = nil, client: HTTPClient
  ) async throws {
    let meter = EmbeddingMeter(model: configuration.name, price: price)
    let server = EmbeddingServer(configuration, client: client, meter: meter)
    let known = KnownRemoteModel.named(configuration.model, of: configuration.provider)
    let told = try await server.description()
    let dimension: Int
    if let stated = configuration.dimension ?? known?.dimension {
      dimension = stated
    } else {
      let answer = try await server.vectors(of: ["dimension"], as: .passage, cuts: false)
      dimension = answer[0].count
    }
    let prefixes = configuration.prefixes.filled(from: EmbeddingPrefixes(knownFor: configuration.model))
    let digest = (told.digest ?? "\(configuration.name) \(dimension)") + (prefixes.passage.map { " \($0)" } ?? "")
    self.prefixes = prefixes
    self.configuration = configuration
    self.tokenizer = tokenizer
    self.meter = meter
    self.server = server
    window = AsyncSemaphore(configuration.concurrency)
    model = EmbeddingModelInfo(
      name: configuration.name, digest: digest, dimension: dimension,
      maximumTokens: configuration.maximumTokens ?? known?.maximumTokens ?? told.maximumTokens ?? Int(Int32.max))
  }

  /// How many texts were cut, here or by the server.
  public var truncatedTexts: Int { meter.usage.truncated }

  /// What was asked so far.
  public var usage: EmbeddingUsage? { meter.usage }

  /// The vectors of passages.
  public func embed(_ texts: [String]) async throws -> [[Float]] { try await embed(texts, as: .passage) }

  /// The vectors of questions, for models that make a difference.
  public func embed(queries texts: [String]) async throws -> [[Float]] { try await embed(texts, as: .query) }

  private func embed(_ texts: [String], as role: TextRole) async throws -> [[Float]] {
    let prefix = (role == .query ? prefixes.query : prefixes.passage) ?? ""
    let texts = prefix.isEmpty ? texts : texts.map { prefix + $0 }
    let size = configuration.batchSize ?? .max
    let batches = texts.batches(
      count: max(1, min(size, configuration.dialect.largestBatch)), bytes: configuration.batchTokens * bytesPerToken)
    return try await withThrowingTaskGroup(of: (Int, [[Float]]).self) { group in
      for batch in batches {
        group.addTask {
          let vectors = try await fitted(texts, batch, as: role)
          return (batch.lowerBound, vectors)
        }
      }
      var found: [Int: [[Float]]] = [:]
      for try await (start, vectors) in group { found[start] = vectors }
      return batches.flatMap { found[$0.lowerBound] ?? [] }
    }
  }

  /// The vectors of a batch; one that holds a text which is too long is halved until that text is alone.
  private func fitted(_ texts: [String], _ batch: Range<Int>, as role: TextRole) async throws -> [[Float]] {
    do {
      return try await send(Array(texts[batch]), from: batch.lowerBound, as: role)
    } catch let refusal as TextsTooLong {
      if batch.count > 1 {
        let middle = batch.lowerBound + batch.count / 2
        return try await fitted(texts, batch.lowerBound..<middle, as: role)
          + fitted(texts, middle..<batch.upperBound, as: role)
      }
      let (text, index) = (texts[batch.lowerBound], batch.lowerBound)
      switch configuration.overLimit {
      case .error: throw EmbeddingError.refusedAsTooLong(index: index, model: model.name, reason: refusal.reason)
      case .truncate:
        meter.noteTruncated()
        if configuration.dialect.cutsTexts { return try await send([text], from: index, as: role, cuts: true) }
        return [try await beginning(of: text, index, as: role, refusal)]
      case .windows:
        meter.noteWindowed()
        var sum = try await weighted(text, index, as: role, refusal)
        guard normalize(&sum) else { throw EmbeddingError.notANumber(index: index) }
        return [sum]
      }
    }
  }

  /// The vector of the longest beginning among the text's half, quarter and so on that the server takes.
  private func beginning(
    of text: String, _ index: Int, as role: TextRole, _ refusal: TextsTooLong
  ) async throws -> [Float] {
    guard let (half, _) = text.halves else {
      throw EmbeddingError.refusedAsTooLong(index: index, model: model.name, reason: refusal.reason)
    }
    do {
      return try await send([half], from: index, as: role)[0]
    } catch let refusal as TextsTooLong {
      return try await beginning(of: half, index, as: role, refusal)
    }
  }

  /// The sum of the vectors of a text's parts, each as long as the part, so that its direction is their weighted mean.
  private func weighted(
    _ text: String, _ index: Int, as role: TextRole, _ refusal: TextsTooLong
  ) async throws -> [Float] {
    guard let (first, second) = text.halves else {
      throw EmbeddingError.refusedAsTooLong(index: index, model: model.name, reason: refusal.reason)
    }
    var sum = [Float](repeating: 0, count: model.dimension)
    for part in [first, second] {
      var vector: [Float]
      do {
        vector = try await send([part], from: index, as: role)[0]
        let weight = Float(part.utf8.count)
        for place in vector.indices { vector[place] *= weight }
      } catch let refusal as TextsTooLong {
        vector = try await weighted(part, index, as: role, refusal)
      }
      for place in sum.indices { sum[place] += vector[place] }
    }
    return sum
  }

  /// Sends one request when it is its turn, and checks what comes back.
  private func send(
    _ texts: [String], from start: Int, as role: TextRole, cuts: Bool = false
  ) async throws -> [[Float]] {
    try await window.withPlace {
      var vectors = try await server.vectors(of: texts, as: role, cuts: cuts)
      for index in vectors.indices {
        guard vectors[index].count == model.dimension else {
          throw EmbeddingError.wrongDimension(
            model: model.name, found: vectors[index].count, expected: model.dimension)
        }
        guard normalize(&vectors[index]) else { throw EmbeddingError.notANumber(index: start + index) }
      }
      return vectors
    }
  }
}

/// Few tokens are shorter than this in bytes, in whatever language: batches rather have fewer tokens than more.
private let bytesPerToken = 3

extension [String] {
  /// Ranges of at most `count` texts with at most `bytes` bytes; a text of more is alone.
  fileprivate func batches(count: Int, bytes: Int) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (start, size) = (0, 0)
    for index in indices {
      let added = self[index].utf8.count
      if index > start, index - start == count || size + added > bytes {
        batches.append(start..<index)
        (start, size) = (index, 0)
      }
      size += added
    }
    if start < self.count { batches.append(start..<self.count) }
    return batches
  }
}

extension String {
  /// Both halves, cut at the white space that is nearest before the middle, else at the middle; nil for a text of one
  /// character.
  fileprivate var halves: (String, String)? {
    guard count > 1 else { return nil }
    let middle = index(startIndex, offsetBy: count / 2)
    let cut = self[..<middle].lastIndex { $0.isWhitespace }.flatMap { $0 > startIndex ? $0 : nil } ?? middle
    return (String(self[..<cut]), String(self[cut...]))
  }
}
