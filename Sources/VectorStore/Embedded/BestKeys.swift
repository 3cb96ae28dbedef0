/// The best of many scored keys: those that are no worse than the last of the best `limit` of them, so that what ties for
/// the last place is kept until something else decides.
struct BestKeys {
  /// A chunk's key and score.
  struct Entry: Sendable, Equatable {
    var key: Int64
    var score: Double
  }

  private let limit: Int
  private let minimum: Double
  private var best: LowestFirst<Double>
  private var kept: [Entry] = []

  /// - Parameter minimum: what scores less is not kept.
  init(limit: Int, minimum: Double = -.infinity) {
    self.limit = limit
    self.minimum = minimum
    best = LowestFirst(limit: limit)
  }

  /// What a score must reach to be among the best so far.
  var threshold: Double { max(minimum, best.threshold ?? minimum) }

  /// Keeps the key if it is among the best so far.
  mutating func offer(key: Int64, score: Double) {
    guard score >= threshold, limit > 0 else { return }
    best.offer(score)
    kept.append(Entry(key: key, score: score))
    // Those that better ones have put out are dropped now and then, so that memory stays within the limit and the ties.
    if kept.count >= 4 * max(limit, 256), kept.count.isMultiple(of: 1024) { dropWorse() }
  }

  /// The best, by their scores, and then all that tie for the last place.
  var entries: [Entry] {
    var best = self
    best.dropWorse()
    return best.kept.sorted { $0.score == $1.score ? $0.key < $1.key : $0.score > $1.score }
  }

  private mutating func dropWorse() {
    let threshold = threshold
    kept.removeAll { $0.score < threshold }
  }
}

/// The highest of many numbers in a binary heap, whose root is the lowest of those kept.
struct LowestFirst<Number: Comparable> {
  private let limit: Int
  private var heap: [Number] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1024))
  }

  /// The lowest of the highest `limit` numbers; nil while there are fewer.
  var threshold: Number? { heap.count == limit ? heap.first : nil }

  mutating func offer(_ number: Number) {
    if heap.count < limit {
      heap.append(number)
      siftUp()
    } else if let lowest = heap.first, lowest < number {
      heap[0] = number
      siftDown()
    }
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var lowest = parent
      let (left, right) = (2 * parent + 1, 2 * parent + 2)
      if left < heap.count, heap[left] < heap[lowest] { lowest = left }
      if right < heap.count, heap[right] < heap[lowest] { lowest = right }
      if lowest == parent { return }
      heap.swapAt(lowest, parent)
      parent = lowest
    }
  }
}
