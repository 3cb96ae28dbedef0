/// Small repairs of markup that libxml2's parser (of HTML 4) would stumble over.
enum MarkupRepair {
  /// NUL bytes become spaces; a comment that never ends is opened, so that it does not swallow the page; the empty
  /// comments `<!-->` and `<!--->`, which end at once in HTML 5, are blanked.
  static func repair(_ bytes: inout [UInt8]) {
    for index in bytes.indices where bytes[index] == 0 { bytes[index] = 0x20 }
    var position = 0
    while let start = ASCII.find("<!--", in: bytes, from: position) {
      if let length = emptyCommentLength(bytes, at: start) {
        blank(&bytes, start..<(start + length))
        position = start + length
      } else if let end = commentEnd(&bytes, from: start + 4) {
        position = end
      } else {
        blank(&bytes, start..<(start + 4))
        // Whatever opens a comment behind this one does not end either.
        position = start + 4
        while let next = ASCII.find("<!--", in: bytes, from: position) {
          blank(&bytes, next..<(next + 4))
          position = next + 4
        }
      }
    }
  }

  private static func emptyCommentLength(_ bytes: [UInt8], at start: Int) -> Int? {
    let rest = bytes[(start + 4)...].prefix(2)
    if rest.first == UInt8(ascii: ">") { return 5 }
    return rest.elementsEqual("->".utf8) ? 6 : nil
  }

  /// The position behind the comment's end; `--!>` is rewritten as ` -->`, which libxml2 knows.
  private static func commentEnd(_ bytes: inout [UInt8], from start: Int) -> Int? {
    var position = start
    while let dashes = ASCII.find("--", in: bytes, from: position) {
      guard dashes + 2 < bytes.count else { return nil }
      if bytes[dashes + 2] == UInt8(ascii: ">") { return dashes + 3 }
      if bytes[dashes + 2] == UInt8(ascii: "!"), dashes + 3 < bytes.count, bytes[dashes + 3] == UInt8(ascii: ">") {
        bytes.replaceSubrange(dashes..<(dashes + 4), with: " -->".utf8)
        return dashes + 4
      }
      position = dashes + 1
    }
    return nil
  }

  private static func blank(_ bytes: inout [UInt8], _ range: Range<Int>) {
    for index in range { bytes[index] = 0x20 }
  }
}
