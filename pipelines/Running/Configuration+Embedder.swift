import Dispatch

extension Configuration {
  /// Opens an embedding model: reads its weights, or asks its server what has to be known of it.
  ///
  /// - Parameter name: the configured model, or one that made the vectors of a store.
  /// - Throws: `EmbeddingError`; `TokenizerError`; `CancellationError`.
  func openEmbedder(named name: String, http: HTTPClient) async throws -> any Embedder {
    guard let remote = embedding.remote, name == embedding.model else {
      return try await onOwnThread {
        try EmbeddingModels.makeEmbedder(
          name: name, modelsFolder: EmbeddingModels.folder(environment: environment),
          precision: Precision(rawValue: embedding.precision) ?? .f32, overLimit: embedding.overLimit,
          prefixes: EmbeddingPrefixes(query: embedding.queryPrefix, passage: embedding.passagePrefix))
      }
    }
    let tokenizer: any Tokenizer = try embedding.tokenizerPath.map { try loadTokenizer(at: $0) } ?? WordTokenizer()
    return try await RemoteEmbedder(remote, tokenizer: tokenizer, price: embedding.price, client: http)
  }

  /// The file of the vectors that are kept for texts that come again.
  var vectorCacheFile: String { cache.folder + "/embeddings/vectors.sqlite" }
}

/// Does what blocks for long, such as reading weights, on a thread that is none of Swift's cooperative ones.
private func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
  }
}
