public import Domain

extension VectorStore {
  /// Looks for chunks without their document, documents without their chunks, damage, and interrupted work, in the
  /// collections that searches read.
  ///
  /// Documents and chunks stream through; only the identifiers of the documents of one category, those of chunks that stand
  /// for others, and what is found are in memory. What others write meanwhile is looked at again before it is called
  /// wrong; to mend, let nobody else write.
  ///
  /// - Parameters:
  ///   - mends: whether what is wrong is put right as far as the store can: chunks without a document are deleted, and
  ///     documents whose chunks are missing or damaged marked as incomplete, so that the next run of `features` makes
  ///     them again. Nothing is lost that the warehouse does not have.
  ///   - progress: is told how far it is, after each page.
  /// - Throws: what keeps the store from being read or written.
  public func verify(
    _ depth: VerificationDepth = .references, mends: Bool = false,
    progress: (@Sendable (TransferProgress) -> Void)? = nil
  ) async throws -> VerificationReport {
    try await verify(.active, depth, mends: mends, progress: progress)
  }

  /// The same of what a change of the model has made so far; nil if none is under way.
  public func verifyChange(
    _ depth: VerificationDepth = .references, mends: Bool = false,
    progress: (@Sendable (TransferProgress) -> Void)? = nil
  ) async throws -> VerificationReport? {
    guard try await pendingModel() != nil else { return nil }
    return try await verify(.pending, depth, mends: mends, progress: progress)
  }

  private func verify(
    _ generation: Generation, _ depth: VerificationDepth, mends: Bool,
    progress: (@Sendable (TransferProgress) -> Void)?
  ) async throws -> VerificationReport {
    var report = VerificationReport()
    // What the engine cannot keep becomes a chunk or document too few, which is then found.
    if depth == .contents, generation == .active {
      report.indexProblems = try await driver.indexProblems(mending: mends)
    }
    for (category, model) in try await driver.models()[generation].sorted(by: { $0.key < $1.key }) {
      var verification = CategoryVerification(
        driver: driver, category: category, generation: generation, model: model, mends: mends, progress: progress,
        report: report)
      try await verification.run(depth)
      report = verification.report
    }
    report.isMended = mends && report.hasDamage
    return report
  }
}
