extension LengthCounter {
  /// A range, or its halves, and theirs, until each is short enough when it is a text by itself.
  ///
  /// A stretch that begins or ends within a word may have more tokens by itself than the offsets of the whole told.
  func fitting(
    _ range: Range<Int>, in bytes: [UInt8], _ limits: ChunkLimits
  ) -> [(range: Range<Int>, length: Int)] {
    guard !range.isEmpty else { return [] }
    let length = exactCount(range)
    let middle = halfway(range, in: bytes)
    guard length > limits.length, middle > range.lowerBound, middle < range.upperBound else { return [(range, length)] }
    return fitting(range.lowerBound..<middle, in: bytes, limits)
      + fitting(trimming(bytes, middle..<range.upperBound), in: bytes, limits)
  }
}

/// A place near the middle where a text may be cut: before the next space, or between characters as readers see them.
private func halfway(_ range: Range<Int>, in bytes: [UInt8]) -> Int {
  let middle = range.lowerBound + range.count / 2
  if let space = bytes[middle..<range.upperBound].firstIndex(where: \.isASCIISpace) { return space }
  return cutPlace(bytes, before: middle, after: range.lowerBound)
}
