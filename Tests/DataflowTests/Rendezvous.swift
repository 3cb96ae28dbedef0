/// A place where a number of tasks wait for each other; a test that is not concurrent hangs there.
actor Rendezvous {
  private let size: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ size: Int) {
    self.size = size
  }

  func arrive() async {
    if waiting.count == size - 1 {
      for continuation in waiting { continuation.resume() }
      waiting = []
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }
}

/// How many are inside at once, and how many were at most.
actor Gauge {
  private var current = 0
  private(set) var highest = 0

  func enter() {
    current += 1
    highest = max(highest, current)
  }

  func leave() { current -= 1 }
}

/// An error that speaks.
struct Broken: Error, CustomStringConvertible {
  let description: String
}
