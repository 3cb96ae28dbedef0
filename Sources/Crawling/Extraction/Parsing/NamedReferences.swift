/// The named character references of the HTML Standard (section 13.5), by name.
struct NamedReferences: Sendable {
  /// What a name stands for: one or two scalars in UTF-8, at most eight bytes, the first in the lowest bits.
  struct Reference: Sendable {
    fileprivate(set) var bytes: UInt64 = 0
    fileprivate(set) var count = 0
    /// Whether the reference may lack its semicolon, as a few old ones do.
    fileprivate(set) var mayLackSemicolon = false
  }

  /// All references; built from their list when the first one is met.
  static let all = NamedReferences(NamedReferenceList.text)

  /// The longest name that may lack its semicolon: `brvbar`, `Aacute`.
  private static let longestWithoutSemicolon = 6

  private let table: NameTable<Reference>

  private init(_ list: StaticString) {
    table = list.withUTF8Buffer { text in
      var entries: [(hash: NameHash, value: Reference)] = []
      entries.reserveCapacity(NamedReferenceList.count)
      for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) { entries.append(Self.entry(word)) }
      return NameTable(entries)
    }
  }

  private static func entry(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> (hash: NameHash, value: Reference) {
    let name = word.prefix(while: ASCII.isAlphanumeric)
    var reference = Reference()
    reference.mayLackSemicolon = word.dropFirst(name.count).first == UInt8(ascii: "*")
    var scalar: UInt32 = 0
    for byte in word.dropFirst(name.count + 1) {
      if byte == UInt8(ascii: ".") {
        reference.add(scalar)
        scalar = 0
      } else {
        scalar = scalar << 4 | UInt32(ASCII.isDigit(byte) ? byte - 0x30 : byte - 0x37)
      }
    }
    reference.add(scalar)
    return (NameHash(name), reference)
  }

  /// The reference whose name begins at a position behind the `&`, and where the text goes on behind it: the name with
  /// its semicolon, else the longest beginning that may lack it.
  func match(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (reference: Reference, end: Int)? {
    var hash = NameHash()
    var index = start
    var best: (reference: Reference, end: Int)?
    while index < text.count, ASCII.isAlphanumeric(text[index]), index - start < 32 {
      hash.add(text[index])
      index += 1
      if index - start <= Self.longestWithoutSemicolon, let found = table[hash], found.mayLackSemicolon {
        best = (found, index)
      }
    }
    if index < text.count, text[index] == UInt8(ascii: ";"), let found = table[hash] { return (found, index + 1) }
    return best
  }
}

extension NamedReferences.Reference {
  fileprivate mutating func add(_ scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    for byte in UTF8.encode(scalar) ?? .init() {
      bytes |= UInt64(byte) << UInt64(8 * count)
      count += 1
    }
  }

  /// Appends the characters to a text.
  func append(to output: inout [UInt8]) {
    for position in 0..<count { output.append(UInt8(truncatingIfNeeded: bytes >> UInt64(8 * position))) }
  }
}
