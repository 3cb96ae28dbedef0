#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns a page's bytes into valid UTF-8. What cannot be decoded becomes U+FFFD, never an error.
enum PageDecoder {
  /// The page as valid UTF-8 without a byte order mark.
  static func decode(_ bytes: [UInt8], contentType: String?) -> [UInt8] {
    let decoded =
      switch CharacterEncoding.detect(bytes, contentType: contentType) {
      case .utf8: utf8(bytes)
      case .windows1252: windows1252(bytes)
      case .utf16LittleEndian: utf16(bytes, bigEndian: false)
      case .utf16BigEndian: utf16(bytes, bigEndian: true)
      case .other(let name): legacy(bytes, from: name) ?? utf8(bytes)
      }
    return decoded.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(decoded.dropFirst(3)) : decoded
  }

  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    UTF8Check.isValid(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  private static func windows1252(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        output.append(byte)
      } else {
        let scalar = byte < 0xA0 ? Windows1252.upperControls[Int(byte) - 0x80] : UInt16(byte)
        Windows1252.append(scalar, to: &output)
      }
    }
    return output
  }

  private static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The bytes through the C library's converter; nil when it does not know the encoding.
  private static func legacy(_ bytes: [UInt8], from name: String) -> [UInt8]? {
    guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map(CChar.init(bitPattern:))
    var chunk = [CChar](repeating: 0, count: 16_384)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 3 / 2)
    input.withUnsafeMutableBufferPointer { source in
      var next = source.baseAddress
      var left = source.count
      while left > 0 {
        let before = left
        let (status, failure) = chunk.withUnsafeMutableBufferPointer { target in
          var free = target.baseAddress
          var room = target.count
          let status = iconv(converter, &next, &left, &free, &room)
          let failure = errno
          for index in 0..<(target.count - room) { output.append(UInt8(bitPattern: target[index])) }
          return (status, failure)
        }
        guard status == -1 else { break }
        if failure == E2BIG, left < before { continue }
        // An invalid or truncated sequence: one replacement character for one byte, then go on behind it.
        output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        next = next?.advanced(by: 1)
        left -= 1
      }
    }
    return utf8(output)
  }
}
