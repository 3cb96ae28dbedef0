import Domain

/// What an open store knows of its engine: preparing is done by one caller at a time, and the models are asked for once.
actor StoreSession {
  private let driver: any VectorStoreDriver
  private var preparedModel: EmbeddingModelInfo?
  private var knownModels: [DataCategory: EmbeddingModelInfo] = [:]
  private var isBusy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(driver: any VectorStoreDriver) {
    self.driver = driver
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    await enter()
    defer { leave() }
    if preparedModel == model { return PreparationOutcome() }
    forget()
    let outcome = try await driver.prepare(for: model)
    preparedModel = model
    for category in DataCategory.allCases { knownModels[category] = model }
    return outcome
  }

  func drop() async throws {
    await enter()
    defer { leave() }
    forget()
    try await driver.drop()
  }

  /// The models of the categories that exist.
  func models() async throws -> [DataCategory: EmbeddingModelInfo] {
    if knownModels.isEmpty {
      await enter()
      defer { leave() }
      if knownModels.isEmpty { knownModels = try await driver.models() }
    }
    return knownModels
  }

  private func forget() {
    preparedModel = nil
    knownModels = [:]
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
