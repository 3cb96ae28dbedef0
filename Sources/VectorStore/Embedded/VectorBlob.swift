import Foundation

/// A vector as SQLite stores it: its components as IEEE 754 binary32, little-endian, one after the other.
///
/// Every platform that Swift runs on is little-endian, so that the components are stored as they lie in memory.
enum VectorBlob {
  static func data(of vector: [Float]) -> Data {
    vector.withUnsafeBytes { Data($0) }
  }

  static func vector(from data: Data, dimension: Int) -> [Float]? {
    guard data.count == dimension * MemoryLayout<Float>.size else { return nil }
    return data.withUnsafeBytes { bytes in
      (0..<dimension).map { bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Float>.size, as: Float.self) }
    }
  }

  /// The sum of the products of `query` and the stored components, or nil when their numbers differ.
  ///
  /// Swift keeps the order of floating-point additions, so that a loop with one sum cannot use vector registers; the
  /// eight sums of a `SIMD8` can (two SSE registers). Memory of SQLite's is not aligned for it, hence `loadUnaligned`.
  static func dotProduct(_ query: UnsafeRawBufferPointer, _ stored: UnsafeRawBufferPointer) -> Float? {
    guard query.count == stored.count else { return nil }
    let width = MemoryLayout<SIMD8<Float>>.size
    var sums = SIMD8<Float>.zero
    var offset = 0
    while offset + width <= query.count {
      let left = query.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      let right = stored.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      sums += left * right
      offset += width
    }
    var sum = sums.sum()
    while offset < query.count {
      let left = query.loadUnaligned(fromByteOffset: offset, as: Float.self)
      let right = stored.loadUnaligned(fromByteOffset: offset, as: Float.self)
      sum += left * right
      offset += MemoryLayout<Float>.size
    }
    return sum
  }
}
