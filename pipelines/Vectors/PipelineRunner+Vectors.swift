extension PipelineRunner {
  /// Embeds what the vector store holds with the configured model; see ``MigrationPipeline``. No run of `features` with
  /// this configuration can go on meanwhile.
  ///
  /// - Parameter leavesOutFailed: whether documents that cannot be embedded do not keep the others from being found.
  /// - Returns: the record, also of a run in which something failed; unchanged if the store has vectors of the configured
  ///   model already, as this version of twin stores them.
  /// - Throws: ``PipelineError/noFeatures`` for a store without documents; else as ``run(_:)``.
  public func migrateVectors(leavesOutFailed: Bool = false) async throws -> RunRecord {
    let vectors = try await stores.existingVectors()
    // A change that broke off when it was put into place may have left nothing but what is to be put there.
    if try await vectors.models().isEmpty, try await vectors.pendingModel() == nil { throw PipelineError.noFeatures }
    let embedder = try await stores.passageEmbedder()
    let pipeline = MigrationPipeline(
      vectors: vectors, cleaner: Cleaner(configuration), chunker: try Chunker(configuration, embedder: embedder),
      embedder: embedder, leavesOutFailed: leavesOutFailed)
    return try await holdingFeatures {
      try await tellingLineage { observer in
        var options = commonOptions(MigrationPipeline.recordedName)
        options.maximumFailures = configuration.maximumFailures
        options.observer = observer
        let product = MigrationPipeline.StepName.migrationSummary.rawValue
        return try await Graph(pipeline).run(
          [product], inputs: MigrationPipeline.Inputs().values, options: options
        ).record
      }
    }
  }

  /// Checks the vector store by itself and against the warehouse.
  ///
  /// - Parameters:
  ///   - mends: whether what is wrong is put right; then no run of `features` with this configuration can go on meanwhile.
  ///   - progress: is told how far it is, after each page.
  /// - Throws: the vector store's errors, and `DataflowError.locked`. A warehouse that cannot be read is none of them.
  public func verifyVectors(
    _ depth: VerificationDepth, mends: Bool = false, progress: (@Sendable (TransferProgress) -> Void)? = nil
  ) async throws -> VectorsVerification {
    let vectors = try await stores.existingVectors()
    guard mends else { return try await verify(vectors, depth, mends: false, progress) }
    return try await holdingFeatures { try await verify(vectors, depth, mends: true, progress) }
  }

  private func verify(
    _ vectors: VectorStore, _ depth: VerificationDepth, mends: Bool,
    _ progress: (@Sendable (TransferProgress) -> Void)?
  ) async throws -> VectorsVerification {
    var verification = VectorsVerification(
      location: vectors.location, store: try await vectors.verify(depth, mends: mends, progress: progress),
      change: try await vectors.verifyChange(depth, mends: mends, progress: progress))
    do {
      verification.warehouse = try await WarehouseComparison(of: vectors, on: stores)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      verification.warehouseProblem = "\(error)"
    }
    return verification
  }

  /// Drops all that the vector store holds, or the documents and chunks of some categories. No run of `features` with
  /// this configuration can go on meanwhile.
  ///
  /// - Parameter categories: empty for all, with the collections.
  /// - Throws: the vector store's errors, and `DataflowError.locked`.
  public func dropVectors(of categories: [DataCategory] = []) async throws {
    let vectors = try await stores.existingVectors()
    try await holdingFeatures {
      if categories.isEmpty { try await vectors.drop() }
      for category in categories { try await vectors.empty(category) }
      try await vectors.purge()
    }
  }

  /// Drops what a change of the model has made so far.
  ///
  /// - Returns: the model that it was made for; nil if no change was under way.
  /// - Throws: ``PipelineError/changeStays(model:)``; as ``dropVectors(of:)``.
  public func dropPendingVectors() async throws -> EmbeddingModelInfo? {
    let vectors = try await stores.existingVectors()
    return try await holdingFeatures {
      let model = try await vectors.abandonChange()
      if let pending = try await vectors.pendingModel() { throw PipelineError.changeStays(model: pending.name) }
      try await vectors.purge()
      return model
    }
  }

  /// Does something while no run writes to the vector store.
  nonisolated(nonsending) private func holdingFeatures<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await holding(.features, work)
  }
}

extension Stores {
  /// Opens the vector store, which must be there: what only looks at it does not make an empty one.
  public func existingVectors() async throws -> VectorStore {
    try VectorStore.requireFile(of: configuration.vectors.url)
    return try await vectors()
  }

  /// Opens the warehouse, which must be there.
  func existingWarehouse() async throws -> Warehouse {
    try await Warehouse.open(existing: configuration.warehouse)
  }
}
