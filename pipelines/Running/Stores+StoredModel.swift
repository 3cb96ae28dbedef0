extension Stores {
  /// Loads the model that made the vectors of a store, whatever the configuration says: only its own are near to them.
  ///
  /// - Throws: ``PipelineError/otherModel(stored:configured:reason:)`` if it is not to be had; `EmbeddingError` if it is the
  ///   configured one and is not.
  func embedder(for model: EmbeddingModelInfo) throws -> any Embedder {
    let configured = configuration.embedding.model
    func unavailable(_ reason: String) -> PipelineError {
      .otherModel(stored: model.name, configured: configured, reason: reason)
    }
    let found: any Embedder
    if model.name == configured {
      found = try embedder()
    } else {
      do {
        found = try EmbeddingModels.makeEmbedder(
          name: model.name, modelsFolder: EmbeddingModels.folder(environment: configuration.environment),
          overLimit: OverLimit(rawValue: configuration.embedding.overLimit) ?? .error)
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
