/// The best of many scored rows, in bounded memory: a binary heap whose root is the worst of those kept.
struct BestKeys {
  /// A row's key and score.
  struct Entry {
    var key: Int64
    var score: Float

    /// Of equal scores the row that was stored first is the better one.
    func isWorse(than other: Entry) -> Bool {
      score == other.score ? key > other.key : score < other.score
    }
  }

  private let limit: Int
  private var heap: [Entry] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1024))
  }

  /// Keeps the row if it is among the best so far.
  mutating func offer(key: Int64, score: Float) {
    let entry = Entry(key: key, score: score)
    if heap.count < limit {
      heap.append(entry)
      siftUp()
    } else if let worst = heap.first, worst.isWorse(than: entry) {
      heap[0] = entry
      siftDown()
    }
  }

  /// The rows that are kept, best first.
  var sorted: [Entry] { heap.sorted { $1.isWorse(than: $0) } }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isWorse(than: heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      let (left, right) = (2 * parent + 1, 2 * parent + 2)
      if left < heap.count, heap[left].isWorse(than: heap[worst]) { worst = left }
      if right < heap.count, heap[right].isWorse(than: heap[worst]) { worst = right }
      if worst == parent { return }
      heap.swapAt(worst, parent)
      parent = worst
    }
  }
}
