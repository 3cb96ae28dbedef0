/// Does something for one item of a step. What keeps the store from taking any item is not put aside with the one that
/// met it: it fails the step, so that a run without its store ends at once, and the next one does what is left.
///
/// - Throws: `StepFailure` around an error that is about a store as a whole; else what `work` throws.
nonisolated(nonsending) func failingWithStore<Value>(
  _ work: nonisolated(nonsending) () async throws -> Value
) async throws -> Value {
  do {
    return try await work()
  } catch {
    throw isAboutStore(error) ? StepFailure(error) : error
  }
}

/// Whether an error keeps a store from taking any item, or a model from embedding any.
func isAboutStore(_ error: any Error) -> Bool {
  switch error {
  case let error as VectorStoreError: error.isAboutStore
  case let error as WarehouseError: error.isAboutStore
  case let error as StorageError: error.isAboutFile
  case let error as EmbeddingError: error.isAboutModel
  default: false
  }
}

extension StorageError {
  /// Whether it is about the file as a whole, and not perhaps about what was to be written.
  fileprivate var isAboutFile: Bool {
    switch self {
    case .operationFailed: false
    case .cannotOpen, .newerVersion, .notAccessible, .cannotGrow, .damaged: true
    }
  }
}
