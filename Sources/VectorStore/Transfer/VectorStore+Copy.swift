public import Domain
import Storage

extension VectorStore {
  /// Copies the documents and chunks that searches find, with their vectors, to another store, and compares both
  /// afterwards. Nothing is embedded.
  ///
  /// A document replaces the one of its identifier, and its chunks those of that; what else the target has of the same
  /// model stays. Where the target holds another model's vectors, or what an earlier version of twin stored, the copy is
  /// made beside it and takes its place once it is complete and found to be the same. To copy again changes nothing, so an
  /// interrupted copy is gone on with by doing it again. Documents stream through; their identifiers are kept in memory.
  ///
  /// The comparison reads everything back from both sides. What others change meanwhile counts as different.
  ///
  /// - Parameter progress: is told how far it is, after each batch.
  /// - Throws: before anything is changed, ``VectorStoreError/copiesToItself(store:)``,
  ///   ``VectorStoreError/nothingStored(store:)``, ``VectorStoreError/changeUnderWay(store:model:)`` and
  ///   ``VectorStoreError/losesDocuments(store:stored:given:count:)``; else what keeps one of both from answering: what was
  ///   stored by then stays.
  @discardableResult
  public func copy(
    to target: VectorStore, progress: (@Sendable (TransferProgress) -> Void)? = nil
  ) async throws -> VectorCopyReport {
    guard !isSamePlace(as: target) else { throw VectorStoreError.copiesToItself(store: location) }
    let models = try await driver.models().active
    guard let model = models.min(by: { $0.key < $1.key })?.value else {
      throw VectorStoreError.nothingStored(store: location)
    }
    try await target.checkNothingIsLost(by: model, from: self)
    let outcome = try await target.prepare(for: model)
    let generation: Generation = outcome.isChangingModel ? .pending : .active
    var report = VectorCopyReport(source: location, target: target.location, model: model)
    report.previousModel = outcome.previousModel
    for category in models.keys.sorted() {
      try Task.checkCancellation()
      var copy = CategoryCopy(
        source: CopySide(driver: driver, category: category, generation: .active, model: model),
        target: CopySide(driver: target.driver, category: category, generation: generation, model: model),
        progress: progress)
      report.categories.append(try await copy.run())
    }
    guard report.isVerified else {
      report.isActive = !outcome.isChangingModel
      return report
    }
    // Which chunks say the same is a matter of all that are there.
    if report.failed == 0, report.categories.allSatisfy({ $0.documents.others == 0 && $0.chunks.others == 0 }) {
      let copy = LinkCopy(source: driver, target: target.driver, generation: generation)
      report.copiesLinks = true
      for category in models.keys.sorted() {
        if try await !copy.run(category) { report.copiesLinks = false }
      }
    }
    guard outcome.isChangingModel else { return report }
    report.isActive = report.failed == 0
    if report.isActive {
      // Others may have stored something meanwhile, which would be dropped now.
      try await target.checkNothingIsLost(by: model, from: self)
      try await target.activate()
    }
    return report
  }

  /// Makes sure that a copy neither breaks off a change of the target's model nor drops what the source does not have.
  private func checkNothingIsLost(by model: EmbeddingModelInfo, from source: VectorStore) async throws {
    let models = try await driver.models()
    if let pending = models.pending.min(by: { $0.key < $1.key })?.value, !pending.makesSameVectors(as: model) {
      throw VectorStoreError.changeUnderWay(store: location, model: pending.name)
    }
    // What the target has stays unless collections are made beside it, which take its place.
    guard let stored = models.active.min(by: { $0.key < $1.key })?.value, models.generation(for: model) != .active
    else { return }
    var count = 0
    for category in models.active.keys {
      let ours = try await states(of: category, in: .active)
      let theirs = try await source.states(of: category, in: .active)
      count += ours.keys.count { theirs[$0] == nil }
    }
    guard count == 0 else {
      throw VectorStoreError.losesDocuments(store: location, stored: stored.name, given: model.name, count: count)
    }
  }

  /// Whether two are one: the same collections of the same server, or of the same file by whatever names.
  private func isSamePlace(as other: VectorStore) -> Bool {
    guard prefix == other.prefix else { return false }
    if location == other.location { return true }
    guard let file = location.embeddedPath.flatMap(FileIdentity.init(path:)) else { return false }
    return file == other.location.embeddedPath.flatMap(FileIdentity.init(path:))
  }
}

extension String {
  /// The path of an embedded store's setting, `sqlite:PATH`; nil of any other.
  var embeddedPath: String? {
    guard lowercased().hasPrefix("sqlite:") else { return nil }
    let path = dropFirst("sqlite:".count)
    return String(path.hasPrefix("//") ? path.dropFirst(2) : path)
  }
}
