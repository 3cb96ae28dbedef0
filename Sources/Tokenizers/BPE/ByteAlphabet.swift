/// The characters as which files of byte-level models write bytes.
///
/// Printable characters of Latin-1 stand for themselves; the other 68 bytes are, in order, the characters from U+0100.
struct ByteAlphabet {
  /// The byte of each character of the alphabet, by its scalar.
  private var bytes: [UInt32: UInt8] = [:]

  init() {
    var next: UInt32 = 0x100
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[UInt32(byte)] = byte
      default:
        bytes[next] = byte
        next += 1
      }
    }
  }

  /// The bytes that a token stands for; nil if it has other characters.
  func bytes(of token: [UInt8]) -> [UInt8]? {
    let span = token.span
    var (result, position): ([UInt8], Int) = ([], 0)
    result.reserveCapacity(token.count)
    while position < span.count {
      let length = scalarLength(lead: span[position])
      guard position + length <= span.count, let byte = bytes[decodedScalar(span, at: position)] else { return nil }
      result.append(byte)
      position += length
    }
    return result
  }
}
