import Synchronization

/// Whether a part of a reply was told already.
final class Told: Sendable {
  private let state = Mutex(false)

  var value: Bool { state.withLock(\.self) }

  /// The same listener, whose use is noted; nil for none.
  func listener(_ telling: TextListener?) -> TextListener? {
    guard let telling else { return nil }
    return { text in
      self.state.withLock { $0 = true }
      telling(text)
    }
  }
}
