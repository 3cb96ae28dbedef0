import Synchronization

/// One transfer, between the thread that runs it and the task that reads it.
final class Transfer: Sendable {
  /// What is transferred.
  let exchange: Exchange
  private let state = Mutex(TransferState())

  init(_ exchange: Exchange) { self.exchange = exchange }

  /// Changes the state, and then wakes the readers whose milestone has been reached.
  func update<Result: Sendable>(_ change: (inout TransferState) -> Result) -> Result {
    let (result, readers) = state.withLock { state in
      let result = change(&state)
      return (result, state.dueReaders())
    }
    for reader in readers { reader.resume() }
    return result
  }

  /// Waits until a milestone is reached or the transfer has ended.
  func wait(for milestone: TransferState.Milestone) async {
    await withCheckedContinuation { continuation in
      let isWaiting = state.withLock { $0.register(continuation, for: milestone) }
      if !isWaiting { continuation.resume() }
    }
  }

  /// Status and header fields, when a milestone has been reached.
  ///
  /// - Throws: why the transfer failed. A reader of the body is given the head even so, and the failure after the bytes
  ///   that came before it.
  func head(at milestone: TransferState.Milestone) throws -> (status: Int, headers: HTTPHeaders) {
    try state.withLock { state in
      if milestone == .end || !state.headParser.isComplete { try state.outcome?.get() }
      return (state.headParser.status, state.headParser.headers)
    }
  }

  /// Whether the transfer is over.
  ///
  /// - Throws: why it failed.
  func isOver() throws -> Bool {
    try state.withLock { state in
      try state.outcome?.get()
      return state.outcome != nil
    }
  }
}
