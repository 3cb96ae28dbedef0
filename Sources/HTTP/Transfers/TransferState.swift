/// What is known of a transfer; a plain value, changed under its lock by the curl thread and by the reader.
struct TransferState {
  /// What a reader waits for.
  enum Milestone { case head, bytes, end }
  /// What the write callback tells curl.
  enum Verdict { case taken, pause, refuse }

  private(set) var headParser = HeadParser()
  private(set) var outcome: Result<Void, any Error>?
  private(set) var wasSent = false
  private var buffer: [UInt8] = []
  private var decodedBytes = 0
  private var isPaused = false
  private var refusal: TransferFailure?
  private var readers: [(milestone: Milestone, continuation: CheckedContinuation<Void, Never>)] = []

  /// What a callback holds against the transfer, which it therefore ends; the first reason counts.
  mutating func refuse(_ error: HTTPError, isTransient: Bool = false) {
    if refusal == nil { refusal = TransferFailure(error: error, isTransient: isTransient, neverSent: !wasSent) }
  }

  /// Notes that the request is about to be sent.
  mutating func noteSending() { wasSent = true }

  /// Takes a header line; false if the header section is too long.
  mutating func takeHeader(_ line: [UInt8], of exchange: Exchange) -> Bool {
    headParser.take(line)
    guard headParser.byteCount <= exchange.maximumHeaderBytes else {
      refuse(.headersTooLarge(url: redactedURL(exchange.hop.url.text), limit: exchange.maximumHeaderBytes))
      return false
    }
    return true
  }

  /// Takes decoded bytes of the body.
  ///
  /// - Parameter received: the bytes of the body received until now, as they were sent.
  mutating func takeBody(_ bytes: UnsafeRawBufferPointer, received: Int, of exchange: Exchange) -> Verdict {
    if outcome != nil { return .refuse }
    if !buffer.isEmpty && buffer.count + bytes.count > exchange.bufferSize {
      isPaused = true
      return .pause
    }
    let total = decodedBytes + bytes.count
    if total > exchange.maximumBodyBytes {
      refuse(.bodyTooLarge(url: redactedURL(exchange.hop.url.text), limit: exchange.maximumBodyBytes))
      return .refuse
    }
    if total > exchange.expansionFloor, total / max(received, 1) >= exchange.maximumExpansion {
      refuse(.compressionBomb(url: redactedURL(exchange.hop.url.text), limit: exchange.maximumExpansion))
      return .refuse
    }
    decodedBytes = total
    buffer.append(contentsOf: bytes)
    return .taken
  }

  /// Ends the transfer; only the first outcome counts.
  mutating func finish(_ result: Result<Void, any Error>) {
    if outcome == nil { outcome = result.mapError { refusal ?? $0 } }
  }

  /// Ends the transfer for its reader: a cancellation outranks what a callback held against it.
  mutating func cancel() {
    if outcome == nil { outcome = .failure(CancellationError()) }
  }

  /// Takes the bytes that wait, and whether a paused transfer must now be resumed.
  mutating func takeBuffer() -> (bytes: [UInt8], mustResume: Bool) {
    defer {
      buffer = []
      isPaused = false
    }
    return (buffer, isPaused)
  }

  /// Whether there is nothing to wait for.
  func hasReached(_ milestone: Milestone) -> Bool {
    if outcome != nil { return true }
    switch milestone {
    case .head: return headParser.isComplete
    case .bytes: return !buffer.isEmpty
    case .end: return false
    }
  }

  /// Registers a reader; false if it need not wait.
  mutating func register(_ continuation: CheckedContinuation<Void, Never>, for milestone: Milestone) -> Bool {
    if hasReached(milestone) { return false }
    readers.append((milestone, continuation))
    return true
  }

  /// The readers to wake, as what they wait for is there.
  mutating func dueReaders() -> [CheckedContinuation<Void, Never>] {
    if readers.isEmpty { return [] }
    let all = readers
    readers = all.filter { !hasReached($0.milestone) }
    return all.filter { hasReached($0.milestone) }.map(\.continuation)
  }
}
