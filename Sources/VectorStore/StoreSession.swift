import Domain

/// What an open store knows of its engine: preparing is done by one caller at a time, and the models are asked for once.
actor StoreSession {
  private let driver: any VectorStoreDriver
  private var preparedModel: EmbeddingModelInfo?
  /// How often it was prepared.
  private var preparations = 0
  private var known: StoredModels?
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(driver: any VectorStoreDriver) {
    self.driver = driver
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    let before = preparations
    await enter()
    defer { leave() }
    // What was done while this call waited is done. What was done before, another process may have undone since.
    if preparations != before, preparedModel == model { return PreparationOutcome() }
    forget()
    let outcome = try await driver.prepare(for: model)
    known = try await driver.models()
    preparedModel = model
    preparations += 1
    return outcome
  }

  func activate() async throws -> EmbeddingModelInfo? {
    await enter()
    defer { leave() }
    let before = try await driver.models()
    // What the store was not prepared for is another's change, and may be far from complete.
    if let preparedModel, !before.pending.isEmpty,
      !before.pending.values.contains(where: { $0.makesSameVectors(as: preparedModel) })
    {
      return nil
    }
    forget()
    try await driver.activate()
    return before.pending.isEmpty ? nil : before.active.min { $0.key < $1.key }?.value
  }

  func dropPending() async throws -> EmbeddingModelInfo? {
    await enter()
    defer { leave() }
    forget()
    return try await driver.dropPending()
  }

  func drop() async throws {
    await enter()
    defer { leave() }
    forget()
    try await driver.drop()
  }

  /// The models of the categories that exist.
  func models() async throws -> StoredModels {
    if let known { return known }
    await enter()
    defer { leave() }
    if let known { return known }
    let models = try await driver.models()
    // A store that nobody has prepared may be prepared by another process at any moment.
    if !models.active.isEmpty { known = models }
    return models
  }

  /// The models as they are now, of which searches and writers then know: another process may have changed them.
  func currentModels() async throws -> StoredModels {
    await enter()
    defer { leave() }
    let models = try await driver.models()
    known = models.active.isEmpty ? nil : models
    return models
  }

  /// Where what is written belongs: to the collections of the model that the store was prepared for, else to those that
  /// searches read.
  func writing() async throws -> (generation: Generation, models: [DataCategory: EmbeddingModelInfo]) {
    let models = try await models()
    if let preparedModel, models.pending.values.contains(where: { $0.makesSameVectors(as: preparedModel) }) {
      return (.pending, models.pending)
    }
    return (.active, models.active)
  }

  private func forget() {
    preparedModel = nil
    known = nil
  }

  // An actor lets others in while one awaits, so that turns are taken explicitly; a turn is handed to the first waiter.
  private func enter() async {
    guard isBusy else {
      isBusy = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
  }
}
