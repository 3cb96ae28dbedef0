/// Puts the texts of documents that come at the same time together, since a model is faster with many texts at once:
/// it can pair those of one length.
///
/// While one call of the model goes on, others wait, and the first of them then takes the texts of all with it.
actor EmbeddingBatcher {
  private enum Turn {
    /// The vectors were made along with another's.
    case done(Result<[[Float]], any Error>)
    /// The model is free.
    case lead
  }

  private struct Request {
    let texts: [String]
    let continuation: CheckedContinuation<Turn, Never>
  }

  private let embedder: any Embedder
  private var isBusy = false
  private var waiting: [Request] = []

  init(_ embedder: any Embedder) {
    self.embedder = embedder
  }

  /// One vector for each text, in order.
  ///
  /// - Throws: what the model throws for these texts; those of others that came with them make no difference.
  func embed(_ texts: [String]) async throws -> [[Float]] {
    if isBusy {
      let turn = await withCheckedContinuation { waiting.append(Request(texts: texts, continuation: $0)) }
      if case .done(let result) = turn { return try result.get() }
    }
    isBusy = true
    let others = waiting
    waiting = []
    let results = await vectors(of: [texts] + others.map(\.texts))
    for (request, result) in zip(others, results.dropFirst()) { request.continuation.resume(returning: .done(result)) }
    if waiting.isEmpty {
      isBusy = false
    } else {
      waiting.removeFirst().continuation.resume(returning: .lead)
    }
    return try results[0].get()
  }

  /// The vectors of several documents, by one call; by a call for each if that throws, so that a text which the model
  /// refuses holds up its own document only.
  private func vectors(of documents: [[String]]) async -> [Result<[[Float]], any Error>] {
    if let all = try? await embedder.embed(documents.flatMap { $0 }) {
      var rest = all[...]
      return documents.map { texts in
        defer { rest = rest.dropFirst(texts.count) }
        return .success(Array(rest.prefix(texts.count)))
      }
    }
    var results: [Result<[[Float]], any Error>] = []
    for texts in documents {
      do {
        results.append(.success(try await embedder.embed(texts)))
      } catch {
        results.append(.failure(error))
      }
    }
    return results
  }
}
