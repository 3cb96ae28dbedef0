/// An open code fence (CommonMark 0.31, section 4.5).
///
/// Fences inside list items and block quotes count too: any indentation and any `>` may stand before them.
struct CodeFence: Equatable {
  private let marker: UInt8
  private let length: Int

  /// The fence that a line opens, if it opens one.
  init?(openedBy bytes: [UInt8], _ line: Range<Int>) {
    let start = Self.skipPrefix(bytes, line)
    guard start < line.upperBound else { return nil }
    let marker = bytes[start]
    guard marker == ASCII.backtick || marker == ASCII.tilde else { return nil }
    var end = start
    while end < line.upperBound, bytes[end] == marker { end += 1 }
    guard end - start >= 3 else { return nil }
    // An info string of a backtick fence has no backtick: it would be inline code.
    if marker == ASCII.backtick, bytes[end..<line.upperBound].contains(ASCII.backtick) { return nil }
    self.marker = marker
    length = end - start
  }

  /// Whether a line closes the fence.
  func isClosed(by bytes: [UInt8], _ line: Range<Int>) -> Bool {
    let start = Self.skipPrefix(bytes, line)
    var end = start
    while end < line.upperBound, bytes[end] == marker { end += 1 }
    return end - start >= length && bytes[end..<line.upperBound].allSatisfy(\.isASCIISpace)
  }

  private static func skipPrefix(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start].isBlank || bytes[start] == ASCII.greaterThan { start += 1 }
    return start
  }
}
