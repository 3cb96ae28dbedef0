extension PipelineRunner {
  /// Puts collections of the vector store back to what they were when snapshots were made of them. No run of `features`
  /// with this configuration can go on meanwhile.
  ///
  /// - Throws: the vector store's errors, and `DataflowError.locked`.
  public func restoreVectors(_ snapshots: [CollectionSnapshot]) async throws {
    let vectors = try await stores.existingVectors()
    try await lock(of: PipelineName.features.rawValue).hold { try await vectors.restore(snapshots) }
  }
}
