/// Mail addresses, of the characters that occur in practice (the `dot-atom` of RFC 5322, without its rarer marks).
///
/// `git@github.com` and the like name a program, and the domains of RFC 2606 nobody.
func mailAddresses(_ bytes: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
    var start = at
    while start > 0, at - start < 64, isLocalPart(bytes[start - 1]) { start -= 1 }
    while start < at, bytes[start] == UInt8(ascii: ".") { start += 1 }
    var end = at + 1
    while end < bytes.count, end - at <= 253, isDomainByte(bytes[end]) { end += 1 }
    while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == ASCII.hyphen { end -= 1 }
    guard start < at, bytes[at - 1] != UInt8(ascii: "."), isDomain(bytes[(at + 1)..<end]) else { continue }
    let name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    guard !["git", "hg", "svn"].contains(name) else { continue }
    found.append(start..<end)
  }
  return found
}

private func isLocalPart(_ byte: UInt8) -> Bool {
  byte.isASCIILetter || byte.isASCIIDigit || "._%+-".utf8.contains(byte)
}

private func isDomainByte(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit || ".-".utf8.contains(byte) }

private func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
  let labels = String(decoding: bytes, as: UTF8.self).lowercased().split(
    separator: ".", omittingEmptySubsequences: false)
  guard labels.count >= 2, let last = labels.last, last.utf8.count >= 2 else { return false }
  guard last.utf8.allSatisfy({ $0.isASCIILetter }), labels.allSatisfy({ !$0.isEmpty }) else { return false }
  let isReserved =
    ["example", "test", "invalid", "localhost", "local"].contains(last)
    || labels.count >= 2 && labels[labels.count - 2] == "example" && ["com", "org", "net"].contains(last)
  return !isReserved
}
