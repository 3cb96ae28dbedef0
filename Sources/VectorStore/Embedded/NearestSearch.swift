import Dispatch
import Domain
import Foundation
import GRDB
import Synchronization

/// An exact search by angle in one snapshot of the file: what it finds is what comparing the query with every vector in
/// binary32 finds, in the same order.
///
/// The quantized vectors, a quarter of the size, tell which chunks may be among the nearest; those few are compared by
/// their true vectors, until no other can be better than the worst of the best. A filter that leaves few chunks makes
/// even that unnecessary: all of them are compared.
struct NearestSearch {
  /// The most vectors that are read at a time.
  private static let vectorsPerRead = 1024
  /// Queries that pass a block together while it is in the caches of the processor's cores.
  private static let queriesPerScan = 256
  /// Fewer are not worth another core.
  private static let queriesPerCore = 16
  /// From which least score on vectors are first looked at by some of their components.
  private static let minimumForHeads = 0.75
  /// Reading one vector by its key costs as much as comparing about so many quantized ones.
  private static let costOfReading = 128

  let database: Database
  let location: String
  let spaces: [EmbeddedSpace]
  let limit: Int
  /// What scores less is not found.
  let minimum: Double

  /// The best keys for each query.
  ///
  /// - Parameter indexes: gives what is known of the blocks; asked only when it is needed.
  /// - Returns: nil if `indexes` gave nil.
  func best(
    _ queries: [[Float]], _ filter: VectorFilter, indexes: () throws -> [SpaceIndex]?
  ) throws -> [[BestKeys.Entry]]? {
    for query in queries {
      for space in spaces where space.model.dimension != query.count {
        throw VectorStoreError.wrongDimension(
          of: "the query to \(location)", expected: space.model.dimension, actual: query.count)
      }
    }
    var selected: KeySet?
    if filter != .everything {
      let selection = try FilterSelection(of: spaces, in: database)
      let keys = try selection.keys(filter)
      let count = keys.count
      if count <= 4 * limit || count * Self.costOfReading <= selection.all.count {
        return try best(queries, of: keys.keys)
      }
      selected = keys
    }
    guard let indexes = try indexes() else { return nil }
    var found: [[BestKeys.Entry]] = []
    for start in stride(from: 0, to: queries.count, by: Self.queriesPerScan) {
      let some = queries[start..<min(start + Self.queriesPerScan, queries.count)]
      for (query, candidates) in zip(some, scanned(some, selected, indexes)) {
        found.append(try best(query, among: candidates))
      }
    }
    return found
  }

  /// Compares the queries with every one of some chunks.
  private func best(_ queries: [[Float]], of keys: [Int64]) throws -> [[BestKeys.Entry]] {
    var best = queries.map { _ in BestKeys(limit: limit, minimum: minimum) }
    for start in stride(from: 0, to: keys.count, by: Self.vectorsPerRead) {
      try read(keys[start..<min(start + Self.vectorsPerRead, keys.count)]) { key, vector in
        for (index, query) in queries.enumerated() {
          if let score = VectorBlob.dotProduct(query, vector) { best[index].offer(key: key, score: Double(score)) }
        }
      }
    }
    return best.map(\.entries)
  }

  /// What may be among the nearest of each query; many queries are spread over the processor's cores.
  private func scanned(
    _ queries: ArraySlice<[Float]>, _ selected: KeySet?, _ indexes: [SpaceIndex]
  ) -> [[BlockScan.Candidate]] {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let share = max(Self.queriesPerCore, (queries.count + cores - 1) / cores)
    let parts = Array(queries).batches(of: share).map(Array.init)
    if parts.count == 1 { return Self.scanned(parts[0], selected, indexes, limit: limit, minimum: minimum) }
    let found = Mutex([Int: [[BlockScan.Candidate]]]())
    DispatchQueue.concurrentPerform(iterations: parts.count) { [limit, minimum] part in
      let candidates = Self.scanned(parts[part], selected, indexes, limit: limit, minimum: minimum)
      found.withLock { $0[part] = candidates }
    }
    return found.withLock { found in parts.indices.flatMap { found[$0] ?? [] } }
  }

  private static func scanned(
    _ queries: [[Float]], _ selected: KeySet?, _ indexes: [SpaceIndex], limit: Int, minimum: Double
  ) -> [[BlockScan.Candidate]] {
    // Rounded down: what scores exactly the least is found.
    let least = Float(minimum).nextDown
    var scans = queries.map { BlockScan(QuantizedQuery($0), limit: limit, minimum: least) }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: VectorBlock.capacity) { products in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: VectorBlock.capacity) { lengths in
        for index in indexes {
          for block in index.blocks {
            if let selected, selected.words(ofBlock: block.number).allSatisfy({ $0 == 0 }) { continue }
            let hasTails = minimum >= minimumForHeads && block.dimension >= 2 * VectorBlock.headLength
            if hasTails { block.putTailLengths(into: lengths) }
            let tails = hasTails ? UnsafeBufferPointer(lengths) : nil
            for scan in scans.indices { scans[scan].scan(block, selected, tails: tails, products: products) }
          }
        }
      }
    }
    return scans.map(\.candidates)
  }

  /// Compares the query with the candidates by their true vectors, the most promising first, until no other can be among
  /// the best.
  private func best(_ query: [Float], among candidates: [BlockScan.Candidate]) throws -> [BestKeys.Entry] {
    var best = BestKeys(limit: limit, minimum: minimum)
    var start = 0
    var size = min(max(2 * limit, 32), Self.vectorsPerRead)
    while start < candidates.count, Double(candidates[start].bound) >= best.threshold {
      let some = candidates[start..<min(start + size, candidates.count)].prefix {
        Double($0.bound) >= best.threshold
      }
      try read(some.map(\.key)[...]) { key, vector in
        if let score = VectorBlob.dotProduct(query, vector) { best.offer(key: key, score: Double(score)) }
      }
      start = some.endIndex
      size = min(2 * size, Self.vectorsPerRead)
    }
    return best.entries
  }

  /// Reads vectors by their keys, in no particular order.
  private func read(_ keys: ArraySlice<Int64>, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void) throws {
    let list = "[\(keys.map(String.init).joined(separator: ","))]"
    let rows = try Row.fetchCursor(
      try database.cachedStatement(
        sql: """
          SELECT v.key, v.vector FROM json_each(?) AS j CROSS JOIN vector_values AS v ON v.key = j.value
          WHERE v.space IN (SELECT value FROM json_each(?))
          """),
      arguments: [list, "[\(spaces.map { String($0.key) }.joined(separator: ","))]"])
    while let row = try rows.next() {
      let key: Int64 = row[0]
      try row.withUnsafeData(atIndex: 1) { try $0?.withUnsafeBytes { try body(key, $0) } }
    }
  }
}

extension VectorBlob {
  /// The score of a stored vector; nil when it has another number of components.
  fileprivate static func dotProduct(_ query: [Float], _ stored: UnsafeRawBufferPointer) -> Float? {
    query.withUnsafeBytes { dotProduct($0, stored) }
  }
}
