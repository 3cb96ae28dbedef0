import Crypto
import Foundation

/// A new version 7 UUID (RFC 9562, section 5.7) in lower case.
///
/// The twelve bits after the version count 1/4096 of a millisecond (section 6.2, method 3), so that ids made one after
/// the other in one process sort so.
func runIdentifier(at date: Date = Date()) -> String {
  let milliseconds = max(0, date.timeIntervalSince1970 * 1000)
  let whole = UInt64(milliseconds)
  let fraction = UInt64((milliseconds - Double(whole)) * 4096) & 0xFFF
  let high = whole << 16 | 0x7000 | fraction
  let low = UInt64.random(in: 0...UInt64.max) >> 2 | 0x8000_0000_0000_0000
  return uuidText([high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) } })
}

/// The id of an artifact: the first 128 bits of SHA-256 over what makes it, stamped as a version 4 UUID.
func artifactIdentifier(pipeline: String, name: String, content: String) -> String {
  var bytes = Array(digest(["artifact", pipeline, name, content]).prefix(16))
  bytes[6] = bytes[6] & 0x0F | 0x40
  bytes[8] = bytes[8] & 0x3F | 0x80
  return uuidText(bytes)
}

/// The SHA-256 of some texts, each preceded by its length so that different lists never collide.
func digest(_ parts: [String]) -> SHA256.Digest {
  var hasher = SHA256()
  for part in parts {
    let bytes = Array(part.utf8)
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hasher.update(bufferPointer: $0) }
    hasher.update(data: bytes)
  }
  return hasher.finalize()
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

private func uuidText(_ bytes: [UInt8]) -> String {
  let digits = hexadecimal(bytes)
  var parts: [Substring] = []
  var start = digits.startIndex
  for length in [8, 4, 4, 4, 12] {
    let end = digits.index(start, offsetBy: length)
    parts.append(digits[start..<end])
    start = end
  }
  return parts.joined(separator: "-")
}
