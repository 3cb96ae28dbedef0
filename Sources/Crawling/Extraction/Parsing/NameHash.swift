/// FNV-1a over 64 bits, fed byte by byte while a name is scanned. Names are compared by it alone: with a few thousand
/// of them a collision of 64 bits does not happen, and one made on purpose only mistakes an element for another.
struct NameHash: Equatable {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always) mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
  }

  /// The hash of the letters in lower case.
  init(lowercasing bytes: some Sequence<UInt8>) {
    for byte in bytes { add(ASCII.lowercased(byte)) }
  }
}
