import Synchronization

/// Counts texts that all tasks come across.
final class TextCounter: Sendable {
  private let number = Atomic(0)

  /// How many there were.
  var count: Int { number.load(ordering: .relaxed) }

  /// Counts one more.
  func add() { number.add(1, ordering: .relaxed) }
}
