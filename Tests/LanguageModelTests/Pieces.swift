import Synchronization

/// Collects what a listener is told.
final class Pieces: Sendable {
  private let pieces = Mutex<[String]>([])

  var all: [String] { pieces.withLock(\.self) }

  func add(_ piece: String) { pieces.withLock { $0.append(piece) } }
}
