#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns a document's bytes into valid UTF-8. What cannot be decoded becomes U+FFFD, never an error.
enum PageDecoder {
  /// A page as valid UTF-8 without a byte order mark.
  static func decode(_ bytes: [UInt8], contentType: String?) -> [UInt8] {
    decode(bytes, as: CharacterEncoding.ofPage(bytes, contentType: contentType))
  }

  /// Bytes of one encoding as valid UTF-8 without a byte order mark.
  static func decode(_ bytes: [UInt8], as encoding: CharacterEncoding) -> [UInt8] {
    let decoded =
      switch encoding {
      case .utf8: utf8(bytes)
      case .windows1252: singleBytes(bytes) { $0 < 0xA0 ? Windows1252.upperControls[Int($0) - 0x80] : UInt16($0) }
      case .userDefined: singleBytes(bytes) { 0xF700 | UInt16($0) }
      case .utf16LittleEndian: utf16(bytes, bigEndian: false)
      case .utf16BigEndian: utf16(bytes, bigEndian: true)
      case .replacement: bytes.isEmpty ? [] : replacementCharacter
      case .other(let name): legacy(bytes, from: name) ?? utf8(bytes)
      }
    return decoded.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(decoded.dropFirst(3)) : decoded
  }

  private static let replacementCharacter: [UInt8] = [0xEF, 0xBF, 0xBD]

  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    UTF8Check.isValid(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  /// Bytes that are one character each: ASCII, and above it what `upper` says.
  private static func singleBytes(_ bytes: [UInt8], upper: (UInt8) -> UInt16) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 { output.append(byte) } else { Windows1252.append(upper(byte), to: &output) }
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
    var input = bytes
    var chunk = [UInt8](repeating: 0, count: 16_384)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 3 / 2)
    input.withUnsafeMutableBytes { source in
      var next = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = source.count
      while left > 0 {
        let before = left
        let (status, failure, written) = chunk.withUnsafeMutableBytes { target in
          var free = target.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = target.count
          let status = iconv(converter, &next, &left, &free, &room)
          return (status, errno, target.count - room)
        }
        output += chunk[..<written]
        guard status == -1 else { break }
        if failure == E2BIG, left < before { continue }
        // An invalid or truncated sequence: one replacement character for one byte, then go on behind it.
        output += next.map { substitute(for: UInt8(bitPattern: $0.pointee), in: name) } ?? replacementCharacter
        next = next?.advanced(by: 1)
        left -= 1
      }
    }
    output += rest(of: converter)
    return utf8(output)
  }

  /// The character that a converter still holds, since a combining one might have followed (CP1255, CP1258).
  private static func rest(of converter: iconv_t) -> ArraySlice<UInt8> {
    var last = [UInt8](repeating: 0, count: 32)
    let written = last.withUnsafeMutableBytes { target in
      var free = target.baseAddress?.assumingMemoryBound(to: CChar.self)
      var room = target.count
      _ = iconv(converter, nil, nil, &free, &room)
      return target.count - room
    }
    return last[..<written]
  }

  /// What stands for a byte that the C library cannot read. The Encoding Standard knows a euro sign that GB18030 does not.
  private static func substitute(for byte: UInt8, in name: String) -> [UInt8] {
    name == "GB18030" && byte == 0x80 ? [0xE2, 0x82, 0xAC] : replacementCharacter
  }
}
