/// Makes text from the tree printable: white space folded or kept, control, bidirectional and invisible characters
/// dropped, the C1 controls read as windows-1252, from which badly converted pages have them.
enum TextCleaner {
  /// What a non-ASCII character becomes.
  private enum Verdict { case keep, space, drop, remap(UInt16) }

  /// Where folding stands between one run of text and the next.
  struct Folding {
    /// A space is owed; it is written only before something visible.
    var pendingSpace = false
    /// Nothing visible has been written on this line yet.
    var atLineStart = true
  }

  /// Appends the bytes with runs of white space folded to one space, none at a line's beginning.
  static func appendFolded(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8], state: inout Folding) {
    var index = bytes.startIndex
    let end = bytes.endIndex
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        if ASCII.isSpace(byte) {
          state.pendingSpace = true
        } else if byte >= 0x20, byte != 0x7F {
          flush(&output, &state)
          output.append(byte)
        }
        continue
      }
      let length = min(sequenceLength(byte), end - index)
      switch verdict(bytes, index, length) {
      case .keep:
        flush(&output, &state)
        for offset in 0..<length { output.append(bytes[index + offset]) }
      case .space: state.pendingSpace = true
      case .drop: break
      case .remap(let scalar):
        flush(&output, &state)
        Windows1252.append(scalar, to: &output)
      }
      index += length
    }
  }

  /// Appends the bytes with their line breaks, spaces and tabs as they stand.
  static func appendVerbatim(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var index = bytes.startIndex
    let end = bytes.endIndex
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        if byte == 0x0D {
          if index == end || bytes[index] != 0x0A { output.append(0x0A) }
        } else if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 {
          output.append(byte)
        }
        continue
      }
      let length = min(sequenceLength(byte), end - index)
      switch verdict(bytes, index, length) {
      case .keep: for offset in 0..<length { output.append(bytes[index + offset]) }
      case .space: output.append(0x20)
      case .drop: break
      case .remap(let scalar): Windows1252.append(scalar, to: &output)
      }
      index += length
    }
  }

  /// The bytes as one clean line.
  static func line(_ bytes: some Sequence<UInt8>) -> String {
    var output: [UInt8] = []
    var state = Folding()
    appendFolded(ArraySlice(bytes), to: &output, state: &state)
    return String(decoding: output, as: UTF8.self)
  }

  /// A string as one clean line.
  static func line(_ text: String) -> String { line(Array(text.utf8)) }

  @inline(__always) private static func flush(_ output: inout [UInt8], _ state: inout Folding) {
    if state.pendingSpace, !state.atLineStart { output.append(0x20) }
    state.pendingSpace = false
    state.atLineStart = false
  }

  @inline(__always) private static func sequenceLength(_ lead: UInt8) -> Int {
    lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  @inline(__always)
  private static func verdict(_ bytes: ArraySlice<UInt8>, _ index: Int, _ length: Int) -> Verdict {
    switch bytes[index] {
    case 0xC2: length < 2 ? .drop : verdictLatin(bytes[index + 1])
    case 0xD8: length == 2 && bytes[index + 1] == 0x9C ? .drop : .keep  // U+061C
    case 0xE1: length == 3 && bytes[index + 1] == 0x9A && bytes[index + 2] == 0x80 ? .space : .keep  // U+1680
    case 0xE2: length < 3 ? .drop : verdictPunctuation(bytes[index + 1], bytes[index + 2])
    case 0xE3: length == 3 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? .space : .keep  // U+3000
    case 0xEF: length < 3 ? .drop : verdictSpecials(bytes[index + 1], bytes[index + 2])
    case 0xF3: length == 4 && bytes[index + 1] == 0xA0 && bytes[index + 2] < 0x82 ? .drop : .keep  // U+E0000 tags
    default: .keep
    }
  }

  private static func verdictLatin(_ second: UInt8) -> Verdict {
    switch second {
    case 0x80..<0xA0:
      if case let scalar = Windows1252.upperControls[Int(second) - 0x80], scalar >= 0xA0 {
        .remap(scalar)
      } else {
        .drop
      }
    case 0xA0: .space
    case 0xAD: .drop  // soft hyphen
    default: .keep
    }
  }

  private static func verdictPunctuation(_ second: UInt8, _ third: UInt8) -> Verdict {
    switch (second, third) {
    case (0x80, 0x80...0x8A): .space  // U+2000 to U+200A
    case (0x80, 0x8B), (0x80, 0x8E), (0x80, 0x8F): .drop  // zero-width space, direction marks
    case (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF): .space  // line and paragraph separator, narrow no-break space
    case (0x80, 0xAA...0xAE): .drop  // bidirectional embeddings
    case (0x81, 0x9F): .space  // U+205F
    case (0x81, 0xA0...0xAF): .drop  // word joiner, invisible operators, isolates
    default: .keep
    }
  }

  private static func verdictSpecials(_ second: UInt8, _ third: UInt8) -> Verdict {
    switch (second, third) {
    case (0xBB, 0xBF): .drop  // byte order mark
    case (0xBF, 0xB9...0xBB), (0xBF, 0xBE...0xBF): .drop  // annotation controls, noncharacters
    case (0xB7, 0x90...0xAF): .drop  // noncharacters
    default: .keep
    }
  }
}
