/// What a character means for the ends of sentences: the property Sentence_Break (Unicode Standard Annex #29, table 4).
enum SentenceClass: UInt8, Sendable {
  case other
  /// Combining and formatting characters, which belong to what stands before them.
  case extend
  /// What separates paragraphs, line feeds among them.
  case separator
  case space
  case lower
  case upper
  /// A letter without case.
  case letter
  case numeric
  /// A full stop, which also ends abbreviations.
  case stop
  /// What continues a sentence after its end, such as a comma.
  case continuation
  /// What ends a sentence for sure.
  case terminator
  /// Quotes and brackets.
  case close

  /// The class of a character.
  init(_ scalar: UInt32) {
    if scalar < 128 {
      self = Self.ascii[Int(scalar)]
    } else {
      self = Self.found(scalar)
    }
  }

  private static func found(_ scalar: UInt32) -> SentenceClass {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    return SentenceClass(rawValue: kinds[low]) ?? .other
  }

  private static let ascii: [SentenceClass] = (0..<128).map { found($0) }
}

extension Span<UInt8> {
  /// The character at a place of text, and how many bytes it takes; what is no UTF-8 gives some character, and never
  /// leads out of the text.
  func scalar(at position: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(self[position])
    let length = min(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, count - position)
    func continuation(_ offset: Int) -> UInt32 { UInt32(self[position + offset] & 0x3F) }
    switch length {
    case 1: return (lead, 1)
    case 2: return ((lead & 0x1F) << 6 | continuation(1), 2)
    case 3: return ((lead & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
    default:
      return ((lead & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3), 4)
    }
  }
}
