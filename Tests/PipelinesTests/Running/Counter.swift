import Synchronization

/// How often something was done, by whichever tasks.
final class Counter: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }

  /// Counts once more, and gives the number.
  @discardableResult
  func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
