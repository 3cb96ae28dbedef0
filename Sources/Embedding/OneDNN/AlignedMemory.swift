import Foundation

/// Memory of a fixed size at an address that is a multiple of a cache line, as vector instructions like it.
///
/// Sendable since it is an address: whoever writes sees to it that nobody else does meanwhile.
final class AlignedMemory: @unchecked Sendable {
  /// The first byte.
  let start: UnsafeMutableRawPointer

  /// Reserves memory, which is not initialised.
  init(byteCount: Int) {
    start = .allocate(byteCount: max(byteCount, 64), alignment: 64)
  }

  deinit { start.deallocate() }

  /// The memory as numbers.
  func numbers<Number: BitwiseCopyable>(_ type: Number.Type) -> UnsafeMutablePointer<Number> {
    start.assumingMemoryBound(to: type)
  }

  /// The memory from a number on; as bytes, for functions that take several kinds.
  subscript(offset: Int) -> UnsafeMutableRawPointer { start + offset }
}
