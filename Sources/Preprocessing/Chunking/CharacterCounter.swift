/// Counts the characters (Unicode scalars) of any byte range of a text.
struct CharacterCounter: LengthCounter {
  private static let blockSize = 64

  private let bytes: [UInt8]
  /// How many characters begin before each block of bytes; empty if all are ASCII.
  private let before: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let span = bytes.span
    var (before, count, highest): ([Int], Int, UInt8) = ([], 0, 0)
    before.reserveCapacity(span.count / Self.blockSize + 1)
    var block = 0
    while block < span.count {
      before.append(count)
      for position in block..<min(block + Self.blockSize, span.count) {
        count += span[position] & 0xC0 == 0x80 ? 0 : 1
        highest |= span[position]
      }
      block += Self.blockSize
    }
    before.append(count)
    self.before = highest < 0x80 ? [] : before
  }

  func count(_ range: Range<Int>) -> Int {
    before.isEmpty ? range.count : characters(before: range.upperBound) - characters(before: range.lowerBound)
  }

  func exactCount(_ range: Range<Int>) -> Int { count(range) }

  func start(of count: Int, after position: Int) -> Int? {
    guard !before.isEmpty else { return position + count < bytes.count ? position + count : nil }
    return start(ofCharacter: characters(before: position) + count)
  }

  func start(of count: Int, before position: Int) -> Int {
    guard !before.isEmpty else { return max(0, position - count) }
    return start(ofCharacter: max(0, characters(before: position) - count)) ?? position
  }

  /// How many characters begin before a place.
  private func characters(before place: Int) -> Int {
    let block = place / Self.blockSize
    var count = before[block]
    for position in block * Self.blockSize..<place where !bytes[position].isContinuation { count += 1 }
    return count
  }

  /// Where the character with a number begins; nil if there are not so many.
  private func start(ofCharacter number: Int) -> Int? {
    guard let last = before.last, number < last else { return nil }
    var (low, high) = (0, before.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if before[middle] <= number { low = middle } else { high = middle }
    }
    var (position, count) = (low * Self.blockSize, before[low])
    while position < bytes.count {
      if !bytes[position].isContinuation {
        if count == number { return position }
        count += 1
      }
      position += 1
    }
    return nil
  }
}
