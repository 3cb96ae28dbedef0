import Foundation

/// The quantized vectors of up to 256 chunks, as they lie in a row of `vector_blocks` and in memory.
///
/// The key of a chunk says where its vector is: the number of the block times 256, plus the slot.
struct VectorBlock: Sendable {
  /// How many vectors it has room for.
  static let capacity = 256
  /// The components by which most vectors are seen to be too far away when only near ones are looked for.
  static let headLength = 64

  let number: Int64
  let dimension: Int
  /// One vector's after the other's.
  private(set) var codes: [Int8]
  /// Zero for a slot that is free.
  private(set) var scales: [Float]
  private(set) var residuals: [Float]

  /// An empty one.
  init(number: Int64, dimension: Int) {
    self.number = number
    self.dimension = dimension
    codes = [Int8](repeating: 0, count: Self.capacity * dimension)
    scales = [Float](repeating: 0, count: Self.capacity)
    residuals = scales
  }

  /// A stored one: the codes, and the scales and the residuals as IEEE 754 binary32, little-endian.
  ///
  /// - Returns: nil if it is of another size, or holds a number that none can be.
  init?(number: Int64, dimension: Int, stored: UnsafeRawBufferPointer) {
    let (codeCount, floatSize) = (Self.capacity * dimension, Self.capacity * MemoryLayout<Float>.size)
    guard stored.count == codeCount + 2 * floatSize else { return nil }
    self.number = number
    self.dimension = dimension
    codes = [Int8](unsafeUninitializedCapacity: codeCount) { target, count in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(rebasing: stored[..<codeCount]))
      count = codeCount
    }
    scales = Self.floats(stored[codeCount..<codeCount + floatSize])
    residuals = Self.floats(stored[(codeCount + floatSize)...])
    guard zip(scales, residuals).allSatisfy({ $0 >= 0 && $0.isFinite && $1 >= 0 && $1.isFinite }) else { return nil }
  }

  /// As ``init(number:dimension:stored:)`` reads it.
  var stored: Data {
    var data = Data(capacity: codes.count + 2 * scales.count * MemoryLayout<Float>.size)
    codes.withUnsafeBytes { data.append(contentsOf: $0) }
    scales.withUnsafeBytes { data.append(contentsOf: $0) }
    residuals.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  /// How many slots are taken.
  var count: Int { scales.count { $0 > 0 } }

  /// A slot that is free.
  var freeSlot: Int? { scales.firstIndex(of: 0) }

  /// The vector of a slot; nil if it is free.
  subscript(slot: Int) -> QuantizedVector? {
    get {
      guard scales[slot] > 0 else { return nil }
      let start = slot * dimension
      return QuantizedVector(
        codes: Array(codes[start..<start + dimension]), scale: scales[slot], residual: residuals[slot])
    }
    set {
      scales[slot] = newValue?.scale ?? 0
      residuals[slot] = newValue?.residual ?? 0
      let start = slot * dimension
      for index in 0..<dimension { codes[start + index] = newValue?.codes[index] ?? 0 }
    }
  }

  /// No less than the length of what each slot's vector has after ``headLength`` components.
  func putTailLengths(into lengths: UnsafeMutableBufferPointer<Float>) {
    codes.withUnsafeBufferPointer { codes in
      for slot in lengths.indices {
        var squares: Int32 = 0
        for index in slot * dimension + Self.headLength..<(slot + 1) * dimension {
          squares &+= Int32(codes[index]) &* Int32(codes[index])
        }
        // Sixteen roundings at most: of the square, its root, the product and the sum.
        lengths[slot] = (Float(squares).squareRoot() * scales[slot] + residuals[slot]) * (1 + 0x1p-20)
      }
    }
  }

  private static func floats(_ bytes: Slice<UnsafeRawBufferPointer>) -> [Float] {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes)
    return (0..<capacity).map {
      bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Float>.size, as: Float.self)
    }
  }
}

/// The key of a chunk, which is also the place of its vector.
struct ChunkKey {
  let key: Int64

  init(_ key: Int64) { self.key = key }
  init(block: Int64, slot: Int) { key = block * Int64(VectorBlock.capacity) + Int64(slot) }

  var block: Int64 { key / Int64(VectorBlock.capacity) }
  var slot: Int { Int(key % Int64(VectorBlock.capacity)) }
}
