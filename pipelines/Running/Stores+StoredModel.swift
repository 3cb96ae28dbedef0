extension Stores {
  /// Loads the model that made the vectors of a store, whatever the configuration says: only its own are near to them.
  ///
  /// - Throws: ``PipelineError/otherModel(stored:configured:reason:)`` if it is not to be had; `EmbeddingError` if it is the
  ///   configured one and is not.
  func embedder(for model: EmbeddingModelInfo) async throws -> any Embedder {
    let configured = configuration.embedding.model
    func unavailable(_ reason: String) -> PipelineError {
      .otherModel(stored: model.name, configured: configured, reason: reason)
    }
    let found: any Embedder
    if model.name == configured {
      found = try await embedder()
    } else {
      do {
        found = try await embedder(named: model.name)
      } catch let error as CancellationError {
        throw error
      } catch {
        throw unavailable("\(error)")
      }
    }
    guard found.model.makesSameVectors(as: model) else {
      throw unavailable("the model of that name that is installed is another version.")
    }
    return found
  }
}
