import Foundation
import TestSupport
import Testing

@testable import VectorStore

@Suite struct QuantizedVectorTests {
  @Test func `the processor's instructions and the portable loop give the same numbers`() {
    var random = SeededGenerator(seed: 1)
    for dimension in [1, 2, 15, 16, 31, 32, 33, 64, 100, 384, 1000] {
      let query = QuantizedQuery(random.vector(dimension))
      for extreme in [Int8(0), 127, -127] {
        let rows = (0..<3 * dimension).map { _ in
          extreme == 0 ? Int8.random(in: -127...127, using: &random) : extreme
        }
        let products = products(query, rows)
        #expect(products.fast == products.portable)
        let expected = (0..<3).map { row in
          zip(query.codes, rows[(row * dimension)...]).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        }
        #expect(products.fast.map(Int.init) == expected)
      }
    }
  }

  @Test(arguments: [384, 4096, 40_000])
  func `no sum overflows, however many components there are`(dimension: Int) {
    let query = QuantizedQuery([Float](repeating: 1 / Float(dimension).squareRoot(), count: dimension))
    let products = products(query, [Int8](repeating: -127, count: 3 * dimension))
    let expected = -127 * query.codes.reduce(0) { $0 + Int($1) }
    #expect(products.fast.map(Int.init) == [expected, expected, expected])
    #expect(products.portable == products.fast)
  }

  @Test(arguments: [3, 64, 384])
  func `a true score is never above its bound`(dimension: Int) throws {
    var random = SeededGenerator(seed: UInt64(dimension))
    for round in 0..<20 {
      var block = VectorBlock(number: 1, dimension: dimension)
      let vectors = try (0..<VectorBlock.capacity).map { _ in
        var vector = random.vector(dimension)
        // Some with a component that is larger than all others, which quantizes badly.
        if round.isMultiple(of: 3) { vector[0] *= 50 }
        return try unitVector(vector, dimension: dimension, of: "a vector")
      }
      for (slot, vector) in vectors.enumerated() { block[slot] = vector.withUnsafeBufferPointer(QuantizedVector.init) }
      let query = try unitVector(random.vector(dimension), dimension: dimension, of: "a query")
      var scan = BlockScan(QuantizedQuery(query), limit: VectorBlock.capacity)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: VectorBlock.capacity) { products in
        scan.scan(block, nil, products: products)
      }
      #expect(scan.candidates.count == VectorBlock.capacity)
      for candidate in scan.candidates {
        let vector = vectors[ChunkKey(candidate.key).slot]
        let score = query.withUnsafeBytes { query in vector.withUnsafeBytes { VectorBlob.dotProduct(query, $0) } }
        #expect(try #require(score) <= candidate.bound)
      }
    }
  }

  @Test func `a block that is stored is read back, and one that is damaged is not`() {
    var random = SeededGenerator(seed: 4)
    var block = VectorBlock(number: 3, dimension: 5)
    #expect(block.count == 0 && block.freeSlot == 0)
    for slot in [0, 1, 255] { block[slot] = random.vector(5).withUnsafeBufferPointer(QuantizedVector.init) }
    #expect(block.count == 3 && block.freeSlot == 2)
    let stored = block.stored
    let read = stored.withUnsafeBytes { VectorBlock(number: 3, dimension: 5, stored: $0) }
    #expect((0..<256).allSatisfy { read?[$0] == block[$0] })
    block[1] = nil
    #expect(block.freeSlot == 1 && block[0] == read?[0])
    #expect(stored.dropLast().withUnsafeBytes { VectorBlock(number: 3, dimension: 5, stored: $0) } == nil)
    var damaged = stored
    damaged[damaged.count - 1] = 0xFF
    #expect(damaged.withUnsafeBytes { VectorBlock(number: 3, dimension: 5, stored: $0) } == nil)
  }

  @Test func `sets of keys join as sets do`() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<20 {
      var sets: [(keys: KeySet, reference: Set<Int64>)] = []
      for _ in 0..<2 {
        var set = (keys: KeySet(lastBlock: 3), reference: Set<Int64>())
        for _ in 0..<Int.random(in: 0...200, using: &random) {
          let key = Int64.random(in: 0..<1024, using: &random)
          set.keys.insert(key)
          set.reference.insert(key)
        }
        sets.append(set)
      }
      let (left, right) = (sets[0], sets[1])
      #expect(left.keys.count == left.reference.count && left.keys.keys == left.reference.sorted())
      #expect((0..<1100).allSatisfy { left.keys.contains($0) == left.reference.contains($0) })
      var both = left.keys
      both.formIntersection(right.keys)
      #expect(both.keys == left.reference.intersection(right.reference).sorted())
      var either = left.keys
      either.formUnion(right.keys)
      #expect(either.keys == left.reference.union(right.reference).sorted())
      var rest = left.keys
      rest.subtract(right.keys)
      #expect(rest.keys == left.reference.subtracting(right.reference).sorted())
    }
  }

  @Test func `the best keys are those of sorting, with all that tie for the last place`() {
    var random = SeededGenerator(seed: 8)
    for limit in [1, 10, 300] {
      var best = BestKeys(limit: limit)
      let entries = (0..<5000).map { BestKeys.Entry(key: Int64($0), score: Double.random(in: 0...1, using: &random)) }
        .map { BestKeys.Entry(key: $0.key, score: ($0.score * 900).rounded()) }
      for entry in entries { best.offer(key: entry.key, score: entry.score) }
      let sorted = entries.sorted { $0.score == $1.score ? $0.key < $1.key : $0.score > $1.score }
      let last = sorted[limit - 1].score
      #expect(best.entries == sorted.filter { $0.score >= last })
    }
  }

  @Test(arguments: [64, 128, 384])
  func `the first components put out nothing that is near`(dimension: Int) throws {
    var random = SeededGenerator(seed: UInt64(dimension))
    for round in 0..<20 {
      let query = try unitVector(random.vector(dimension), dimension: dimension, of: "a query")
      var block = VectorBlock(number: 1, dimension: dimension)
      var scores: [Float] = []
      for slot in 0..<VectorBlock.capacity {
        // From the query itself to what has nothing to do with it; some are near in the first components only.
        let noise = Float(slot) / 64
        let far = slot.isMultiple(of: 3) ? VectorBlock.headLength : 0
        let vector = zip(query, random.vector(dimension)).enumerated().map { index, pair in
          index < far ? pair.0 : pair.0 + pair.1 * noise / Float(dimension).squareRoot()
        }
        let unit = try unitVector(vector, dimension: dimension, of: "a vector")
        block[slot] = unit.withUnsafeBufferPointer(QuantizedVector.init)
        scores.append(
          try #require(query.withUnsafeBytes { query in unit.withUnsafeBytes { VectorBlob.dotProduct(query, $0) } }))
      }
      let minimum: Float = [0.75, 0.95, 0.999][round % 3]
      let all = scan(block, query, minimum, byHeads: false)
      let near = scan(block, query, minimum, byHeads: true)
      #expect(near.isSubset(of: all))
      #expect(near.isSuperset(of: scores.indices.filter { scores[$0] >= minimum }))
    }
  }

  /// The slots of what may be near.
  private func scan(_ block: VectorBlock, _ query: [Float], _ minimum: Float, byHeads: Bool) -> Set<Int> {
    var scan = BlockScan(QuantizedQuery(query), limit: VectorBlock.capacity, minimum: minimum.nextDown)
    var (products, tails) = ([Int32](repeating: 0, count: 256), [Float](repeating: 0, count: 256))
    tails.withUnsafeMutableBufferPointer { block.putTailLengths(into: $0) }
    tails.withUnsafeBufferPointer { tails in
      products.withUnsafeMutableBufferPointer { scan.scan(block, nil, tails: byHeads ? tails : nil, products: $0) }
    }
    return Set(scan.candidates.map { ChunkKey($0.key).slot })
  }

  private func products(_ query: QuantizedQuery, _ rows: [Int8]) -> (fast: [Int32], portable: [Int32]) {
    let length = query.codes.count
    return rows.withUnsafeBufferPointer { rows in
      var (fast, portable) = ([Int32](repeating: 0, count: 3), [Int32](repeating: 0, count: 3))
      fast.withUnsafeMutableBufferPointer { query.multiply(rows, first: length, into: $0) }
      portable.withUnsafeMutableBufferPointer { query.multiplyPortably(rows, first: length, into: $0) }
      return (fast, portable)
    }
  }
}
