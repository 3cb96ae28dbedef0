extension JSONRowScanner {
  /// Takes bytes of a first line that begins an object. Whether the file is one of lines or of objects over several lines
  /// is decided where the object or the line ends, or by how the second line begins.
  mutating func scanOpening(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n"), object.isInText {
        // A torn line.
        position.shape = .lines
        return scanLine(bytes)
      }
      switch object.place(of: byte) {
      case .last:
        position.shape = .lines
        return (take(bytes, upTo: index + 1), nil)
      case .behind:
        _ = take(bytes, upTo: index)
        return (index, endRow(.lines))
      case .inside where object.hasLines:
        position.shape = .objects
        return (take(bytes, upTo: index + 1), nil)
      case .inside:
        if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      }
    }
    return (take(bytes), nil)
  }

  /// Takes bytes up to the end of an object, or of what stands between two and is none: a bad row up to its line's end.
  mutating func scanObject(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    if isBetweenRows {
      let blanks = bytes.prefix { $0 <= UInt8(ascii: " ") }
      position.number += blanks.count(where: { $0 == UInt8(ascii: "\n") })
      guard blanks.isEmpty else { return (skip(blanks.count), nil) }
    }
    guard object.isBegun || isBetweenRows && bytes.first == UInt8(ascii: "{") else {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return (take(bytes), nil) }
      return (take(bytes, upTo: end), endRow(.objects))
    }
    for (index, byte) in bytes.enumerated() {
      switch object.place(of: byte) {
      case .last: return (take(bytes, upTo: index + 1), endRow(.objects))
      case .behind: return (take(bytes, upTo: index), endRow(.objects))
      case .inside: if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      }
    }
    return (take(bytes), nil)
  }
}
