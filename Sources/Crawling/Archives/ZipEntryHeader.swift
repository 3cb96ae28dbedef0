/// One entry of a zip's directory (APPNOTE 4.3.12).
struct ZipEntryHeader: Sendable {
  /// The bytes of its name.
  let name: [UInt8]
  /// Where the header before its bytes begins, as the directory counts.
  let localHeader: Int
  /// Where the next entry begins in the directory.
  let end: Int

  /// Reads an entry; nil if none is there.
  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count - start >= 46, bytes[start...].starts(with: [0x50, 0x4B, 1, 2]) else { return nil }
    let nameEnd = start + 46 + bytes.littleEndian(at: start + 28, bytes: 2)
    let extraEnd = nameEnd + bytes.littleEndian(at: start + 30, bytes: 2)
    end = extraEnd + bytes.littleEndian(at: start + 32, bytes: 2)
    guard end <= bytes.count else { return nil }
    name = Array(bytes[(start + 46)..<nameEnd])
    let offset = bytes.littleEndian(at: start + 42, bytes: 4)
    guard offset == 0xFFFF_FFFF else {
      localHeader = offset
      return
    }
    // What does not fit into 32 bits stands in an extra field, after the sizes that do not fit either.
    let sizes = [20, 24].count { bytes.littleEndian(at: start + $0, bytes: 4) == 0xFFFF_FFFF }
    guard let field = Self.field(1, in: bytes, nameEnd..<extraEnd) else { return nil }
    localHeader = bytes.littleEndian(at: field.lowerBound + 8 * sizes, bytes: 8)
  }

  /// The bytes of an extra field (APPNOTE 4.5).
  private static func field(_ wanted: Int, in bytes: [UInt8], _ extra: Range<Int>) -> Range<Int>? {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let end = position + 4 + bytes.littleEndian(at: position + 2, bytes: 2)
      guard end <= extra.upperBound else { return nil }
      if bytes.littleEndian(at: position, bytes: 2) == wanted { return (position + 4)..<end }
      position = end
    }
    return nil
  }
}
