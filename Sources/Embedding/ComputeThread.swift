import Foundation

/// A thread that does one work after the other. It ends with the last reference to it, after what it was given.
final class ComputeThread: Sendable {
  private let line = Line()

  /// Starts the thread.
  init() {
    let thread = Thread { [line] in
      while let work = line.next() { work() }
    }
    thread.name = "twin.embedding"
    thread.start()
  }

  deinit { line.close() }

  /// Does `work` after all that it was given before.
  func run(_ work: @escaping @Sendable () -> Void) { line.add(work) }
}

/// What waits for a thread.
private final class Line: @unchecked Sendable {
  // Sendable since all is read and written between `lock` and `unlock`.

  private let condition = NSCondition()
  private var works: [@Sendable () -> Void] = []
  private var isClosed = false

  func add(_ work: @escaping @Sendable () -> Void) {
    condition.withLock {
      works.append(work)
      condition.signal()
    }
  }

  func close() {
    condition.withLock {
      isClosed = true
      condition.signal()
    }
  }

  /// Waits for the next one; nil when there will be none.
  func next() -> (@Sendable () -> Void)? {
    condition.withLock {
      while works.isEmpty, !isClosed { condition.wait() }
      return works.isEmpty ? nil : works.removeFirst()
    }
  }
}
