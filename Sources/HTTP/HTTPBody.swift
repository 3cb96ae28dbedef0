/// The body of a streamed response: decoded bytes as they come.
///
/// It can be read once. A reader that is slow slows the server down: beyond ``bufferSize`` bytes nothing more is
/// received. When the body is dropped before its end, the transfer ends.
public struct HTTPBody: AsyncSequence, Sendable {
  /// The bytes that may wait for the reader.
  public static let bufferSize = 256 * 1024

  private let lease: TransferLease

  init(_ transfer: Transfer, on thread: TransferThread) {
    lease = TransferLease(transfer: transfer, thread: thread)
  }

  /// Reads on from where any reader has got to.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

  /// Reads a body.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let lease: TransferLease

    /// The next bytes, as many as have come; nil at the end.
    ///
    /// - Throws: ``HTTPError``, or `CancellationError`.
    public mutating func next() async throws -> [UInt8]? { try await lease.next() }
  }
}

/// Holds a transfer for its reader.
private final class TransferLease: Sendable {
  private let transfer: Transfer
  private let thread: TransferThread

  init(transfer: Transfer, thread: TransferThread) {
    self.transfer = transfer
    self.thread = thread
  }

  deinit { thread.cancel(transfer) }

  func next() async throws -> [UInt8]? {
    while true {
      await thread.wait(for: .bytes, of: transfer)
      try Task.checkCancellation()
      let bytes = thread.takeBytes(of: transfer)
      if !bytes.isEmpty { return bytes }
      // Another reader may have taken them, so no bytes is not the end.
      if try isOver() { return nil }
    }
  }

  private func isOver() throws -> Bool {
    do {
      return try transfer.isOver()
    } catch let failure as TransferFailure {
      throw failure.error
    }
  }
}
