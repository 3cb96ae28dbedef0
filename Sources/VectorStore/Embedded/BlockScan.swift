/// Compares a query with the quantized vectors of blocks, and keeps the chunks that may be among the nearest: those whose
/// score may reach the lowest of the best scores that are certain.
struct BlockScan {
  /// A chunk that may be among the nearest.
  struct Candidate {
    var key: Int64
    /// No more than this is its score.
    var bound: Float
  }

  private let query: QuantizedQuery
  private let limit: Int
  private var certain: LowestFirst<Float>
  /// The lowest of the best scores that are certain.
  private var threshold: Float
  private var kept: [Candidate] = []
  /// How many are kept before those that others have put out are dropped.
  private var room: Int

  /// - Parameter minimum: what certainly scores less is not kept.
  init(_ query: QuantizedQuery, limit: Int, minimum: Float = -.infinity) {
    self.query = query
    self.limit = limit
    threshold = minimum
    room = Self.room(for: limit)
    certain = LowestFirst(limit: limit)
  }

  /// Compares the vectors of one block.
  ///
  /// - Parameters:
  ///   - selected: which chunks count; nil for all of them.
  ///   - tails: what ``VectorBlock/putTailLengths(into:)`` gives, if most vectors are expected to be too far away: they are
  ///     told by their first components. nil if all are compared.
  ///   - products: room for a number for each slot.
  mutating func scan(
    _ block: VectorBlock, _ selected: KeySet?, tails: UnsafeBufferPointer<Float>? = nil,
    products: UnsafeMutableBufferPointer<Int32>
  ) {
    let selected = selected?.words(ofBlock: block.number)
    block.codes.withUnsafeBufferPointer { codes in
      query.multiply(codes, first: tails == nil ? block.dimension : VectorBlock.headLength, into: products)
      block.scales.withUnsafeBufferPointer { scales in
        block.residuals.withUnsafeBufferPointer { residuals in
          for slot in products.indices {
            let scale = scales[slot]
            let error = residuals[slot] * query.errorPerResidual + scale * query.errorPerScale
            if let tails {
              // What is missing is no more than the product of both lengths, by Cauchy and Schwarz.
              let head = Float(products[slot]) * (scale * query.scale)
              guard head + error + tails[slot] * query.tailLength >= threshold, scale > 0 else { continue }
              let row = UnsafeBufferPointer(rebasing: codes[slot * block.dimension..<(slot + 1) * block.dimension])
              let product = UnsafeMutableBufferPointer(rebasing: products[slot...slot])
              query.multiply(row, first: block.dimension, into: product)
            }
            let score = Float(products[slot]) * (scale * query.scale)
            guard score + error >= threshold, scale > 0 else { continue }
            if let selected, !selected.containsBit(slot) { continue }
            certain.offer(score - error)
            if let lowest = certain.threshold, lowest > threshold { threshold = lowest }
            kept.append(Candidate(key: ChunkKey(block: block.number, slot: slot).key, bound: score + error))
          }
        }
      }
    }
    if kept.count > room {
      kept.removeAll { $0.bound < threshold }
      // Twice what had to stay: so often that it costs little, so seldom that memory stays within the candidates.
      room = max(Self.room(for: limit), 2 * kept.count)
    }
  }

  private static func room(for limit: Int) -> Int { 4 * max(limit, VectorBlock.capacity) }

  /// How many chunks are in memory.
  var count: Int { kept.count }

  /// Those that may be among the nearest, the most promising first.
  var candidates: [Candidate] {
    kept.filter { $0.bound >= threshold }.sorted { $0.bound > $1.bound }
  }
}

extension ArraySlice<UInt64> {
  fileprivate func containsBit(_ index: Int) -> Bool {
    let word = startIndex + index / UInt64.bitWidth
    return word < endIndex && self[word] & 1 << UInt64(index % UInt64.bitWidth) != 0
  }
}
