/// Joins the bytes of a word to tokens: of all neighbours that make a token the pair of the least rank becomes one, the
/// first of equals first, until there is none (Sennrich et al., "Neural Machine Translation of Rare Words with Subword
/// Units", 2016, section 3.2).
///
/// It is used for many words one after the other, and keeps its memory.
struct PairJoiner {
  /// Words of more symbols are joined with a heap, in n log n time; in shorter ones looking at all pairs is faster.
  private static let maximumToScan = 48

  /// A symbol that may be joined to those beside it.
  private struct Symbol {
    var id: Int32
    /// Where it ends in the word, and where the symbols beside it are; -1 at the ends.
    var end: Int32
    var previous: Int32
    var next: Int32
    /// The rank and the token of it and the next one; the greatest rank if they stay two.
    var rank: Int32
    var joined: Int32
  }

  /// The tokens of the word, and where each ends in it.
  private(set) var tokens: [(id: Int32, end: Int)] = []
  private var symbols: [Symbol] = []
  private var heap: [UInt64] = []

  /// Finds the tokens of a word of less than 2 GiB.
  mutating func join(_ word: Span<UInt8>, _ vocabulary: BytePairVocabulary, unknown: Int32?, fusesUnknown: Bool) {
    tokens.removeAll(keepingCapacity: true)
    begin(word, vocabulary, unknown, fusesUnknown)
    guard !symbols.isEmpty else { return }
    for index in symbols.indices { rate(index, vocabulary) }
    if symbols.count <= Self.maximumToScan { joinByScanning(vocabulary) } else { joinByHeap(vocabulary) }
    var index = 0
    while index >= 0 {
      tokens.append((symbols[index].id, Int(symbols[index].end)))
      index = Int(symbols[index].next)
    }
  }

  /// One symbol for each byte; bytes that the model does not know are its unknown token, or nothing without one.
  private mutating func begin(
    _ word: Span<UInt8>, _ vocabulary: BytePairVocabulary, _ unknown: Int32?, _ fusesUnknown: Bool
  ) {
    symbols.removeAll(keepingCapacity: true)
    var wasUnknown = false
    for position in 0..<word.count {
      var id = vocabulary.byteTokens[Int(word[position])]
      let isUnknown = id < 0
      if isUnknown {
        guard let unknown else { continue }
        id = unknown
      }
      let end = Int32(truncatingIfNeeded: position + 1)
      if isUnknown, wasUnknown, fusesUnknown {
        symbols[symbols.count - 1].end = end
      } else {
        let index = Int32(truncatingIfNeeded: symbols.count)
        symbols.append(Symbol(id: id, end: end, previous: index - 1, next: index + 1, rank: .max, joined: 0))
      }
      wasUnknown = isUnknown
    }
    if !symbols.isEmpty { symbols[symbols.count - 1].next = -1 }
  }

  private mutating func rate(_ index: Int, _ vocabulary: BytePairVocabulary) {
    let next = symbols[index].next
    let merge = next < 0 ? nil : vocabulary.merge(symbols[index].id, symbols[Int(next)].id)
    symbols[index].rank = merge?.rank ?? .max
    symbols[index].joined = merge?.id ?? 0
  }

  /// Makes one symbol of a symbol and the next one.
  private mutating func joinNext(_ index: Int, _ vocabulary: BytePairVocabulary) {
    let next = Int(symbols[index].next)
    symbols[index].id = symbols[index].joined
    symbols[index].end = symbols[next].end
    symbols[index].next = symbols[next].next
    // What was joined is found by nobody any more.
    symbols[next].rank = .max
    symbols[next].id = -1
    if symbols[index].next >= 0 { symbols[Int(symbols[index].next)].previous = Int32(truncatingIfNeeded: index) }
    rate(index, vocabulary)
    if symbols[index].previous >= 0 { rate(Int(symbols[index].previous), vocabulary) }
  }

  private mutating func joinByScanning(_ vocabulary: BytePairVocabulary) {
    while true {
      var (best, rank) = (-1, Int32.max)
      var index = 0
      while index >= 0 {
        if symbols[index].rank < rank { (best, rank) = (index, symbols[index].rank) }
        index = Int(symbols[index].next)
      }
      guard best >= 0 else { return }
      joinNext(best, vocabulary)
    }
  }

  private mutating func joinByHeap(_ vocabulary: BytePairVocabulary) {
    heap.removeAll(keepingCapacity: true)
    for index in symbols.indices { push(index) }
    while let top = pop() {
      let (index, rank) = (Int(UInt32(truncatingIfNeeded: top)), Int32(truncatingIfNeeded: top >> 32))
      // What was joined since has another rank now.
      guard symbols[index].id >= 0, symbols[index].rank == rank else { continue }
      joinNext(index, vocabulary)
      push(index)
      if symbols[index].previous >= 0 { push(Int(symbols[index].previous)) }
    }
  }

  // MARK: A binary heap of ranks above indices

  private mutating func push(_ index: Int) {
    guard symbols[index].rank < .max else { return }
    heap.append(UInt64(symbols[index].rank) << 32 | UInt64(index))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> UInt64? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return top }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return top }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return top }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
