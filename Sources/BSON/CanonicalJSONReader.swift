/// Reads what ``CanonicalJSONWriter`` writes, and other canonical extended JSON of the same types, several times as fast
/// as libbson.
///
/// It is strict. Whatever is not surely such a document, be it of another form, of another type or not JSON, is not read
/// here at all: libbson reads it, or says what is wrong with it.
struct CanonicalJSONReader: ~Copyable {
  /// The text is not for this reader.
  private struct Unfit: Error {}

  private let json: UnsafeRawBufferPointer
  private var position = 0
  private var output: BSONBuffer

  private init(_ json: UnsafeRawBufferPointer) {
    self.json = json
    output = BSONBuffer(capacity: json.count)
  }

  /// The document as BSON; nil if the text must be read by libbson.
  static func bson(of json: UnsafeRawBufferPointer) -> [UInt8]? {
    // All text is a part of the input, or made of escapes that are checked: it is valid if the input is.
    let isText = json.withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
    guard isText else { return nil }
    var reader = CanonicalJSONReader(json)
    do {
      try reader.expect(UInt8(ascii: "{"))
      try reader.readMembers(depth: 1)
      reader.skipSpace()
      return reader.position == json.count ? Array(reader.output.bytes) : nil
    } catch {
      return nil
    }
  }

  // MARK: Structure

  /// What follows the brace of an object, to its end.
  private mutating func readMembers(depth: Int) throws(Unfit) {
    let start = try beginDocument(depth: depth)
    if !skip(UInt8(ascii: "}")) {
      repeat {
        let type = output.count
        output.append(UInt8(0))
        try expect(UInt8(ascii: "\""))
        // Such keys have meanings where this reader does not look for them.
        guard peek() != UInt8(ascii: "$") else { throw Unfit() }
        try readText(mayHaveNUL: false)
        output.append(UInt8(0))
        try expect(UInt8(ascii: ":"))
        try readValue(typeAt: type, depth: depth)
      } while skip(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"))
    }
    try endDocument(start)
  }

  /// What follows the bracket of an array, to its end.
  private mutating func readElements(depth: Int) throws(Unfit) {
    let start = try beginDocument(depth: depth)
    if !skip(UInt8(ascii: "]")) {
      var index = 0
      repeat {
        let type = output.count
        output.append(UInt8(0))
        output.appendIndexKey(index)
        try readValue(typeAt: type, depth: depth)
        index += 1
      } while skip(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"))
    }
    try endDocument(start)
  }

  private mutating func beginDocument(depth: Int) throws(Unfit) -> Int {
    guard depth <= BSONDocument.maximumDepth else { throw Unfit() }
    let start = output.count
    output.append(Int32(0))
    return start
  }

  private mutating func endDocument(_ start: Int) throws(Unfit) {
    output.append(UInt8(0))
    do { try output.patchLength(at: start) } catch { throw Unfit() }
  }

  /// A value; its type is written where there is room for it.
  private mutating func readValue(typeAt offset: Int, depth: Int) throws(Unfit) {
    skipSpace()
    let first = peek()
    position += 1
    let type: BSONType
    switch first {
    case UInt8(ascii: "\""):
      type = .string
      try readString()
    case UInt8(ascii: "{"):
      skipSpace()
      if skip("\"$") {
        type = try readScalar()
        try expect(UInt8(ascii: "}"))
      } else {
        type = .document
        try readMembers(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      type = .array
      try readElements(depth: depth + 1)
    case UInt8(ascii: "t") where skip("rue"):
      type = .bool
      output.append(UInt8(1))
    case UInt8(ascii: "f") where skip("alse"):
      type = .bool
      output.append(UInt8(0))
    case UInt8(ascii: "n") where skip("ull"):
      type = .null
    default:
      throw Unfit()
    }
    output.patch(type.rawValue, at: offset)
  }

  // MARK: Scalars

  /// What follows the quote and the dollar sign of an object that stands for one value, but for its last brace.
  private mutating func readScalar() throws(Unfit) -> BSONType {
    if skip("numberLong\"") {
      output.append(try integer())
      return .int64
    }
    if skip("numberInt\"") {
      guard let number = Int32(exactly: try integer()) else { throw Unfit() }
      output.append(number)
      return .int32
    }
    if skip("numberDouble\"") {
      output.append(try double().bitPattern)
      return .double
    }
    if skip("date\"") {
      try expect(UInt8(ascii: ":"))
      try expect(UInt8(ascii: "{"))
      skipSpace()
      guard skip("\"$numberLong\"") else { throw Unfit() }
      output.append(try integer())
      try expect(UInt8(ascii: "}"))
      return .date
    }
    if skip("oid\""), let id = BSONObjectID(try word()) {
      id.append(to: &output)
      return .objectID
    }
    throw Unfit()
  }

  /// The text behind a colon, which must be short and without escapes.
  private mutating func word() throws(Unfit) -> String {
    try expect(UInt8(ascii: ":"))
    try expect(UInt8(ascii: "\""))
    let start = position
    while position < json.count, position - start <= 32 {
      let byte = json[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        return String(decoding: json[start..<position - 1], as: UTF8.self)
      }
      guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else { throw Unfit() }
    }
    throw Unfit()
  }

  private mutating func integer() throws(Unfit) -> Int64 {
    let text = try word()
    guard text.utf8.first != UInt8(ascii: "+"), let number = Int64(text) else { throw Unfit() }
    return number
  }

  private mutating func double() throws(Unfit) -> Double {
    let text = try word()
    switch text {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default:
      // Swift also knows hexadecimal numbers and other names, which extended JSON does not.
      let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
      guard isDecimal, let number = Double(text), number.isFinite else { throw Unfit() }
      return number
    }
  }

  // MARK: Text

  /// What follows the quote of a string, with the length and the NUL that BSON wants.
  private mutating func readString() throws(Unfit) {
    let start = output.count
    output.append(Int32(0))
    try readText(mayHaveNUL: true)
    output.append(UInt8(0))
    guard let length = Int32(exactly: output.count - start - 4) else { throw Unfit() }
    output.patch(length, at: start)
  }

  /// What follows a quote, to the next one. What has no escape is copied in one piece.
  private mutating func readText(mayHaveNUL: Bool) throws(Unfit) {
    var start = position
    while position < json.count {
      let byte = json[position]
      if byte == UInt8(ascii: "\"") {
        output.append(contentsOf: UnsafeRawBufferPointer(rebasing: json[start..<position]))
        position += 1
        return
      }
      guard byte >= 0x20 else { throw Unfit() }
      position += 1
      if byte == UInt8(ascii: "\\") {
        output.append(contentsOf: UnsafeRawBufferPointer(rebasing: json[start..<position - 1]))
        let scalar = try escapedScalar()
        guard scalar != "\0" || mayHaveNUL else { throw Unfit() }
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { output.append(unit) }
        start = position
      }
    }
    throw Unfit()
  }

  /// What follows a backslash.
  private mutating func escapedScalar() throws(Unfit) -> Unicode.Scalar {
    let byte = peek()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw Unfit()
    }
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // A character beyond the first 65,536 is a pair of surrogates (RFC 8259, section 7).
    guard unit < 0xDC00, skip("\\u") else { throw Unfit() }
    let second = try codeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw Unfit() }
    return scalar
  }

  private mutating func codeUnit() throws(Unfit) -> UInt16 {
    guard json.count - position >= 4 else { throw Unfit() }
    var unit: UInt16 = 0
    for byte in json[position..<position + 4] {
      guard let digit = hexadecimalValue(byte) else { throw Unfit() }
      unit = unit << 4 | UInt16(digit)
    }
    position += 4
    return unit
  }

  // MARK: Bytes

  /// The next byte; 0, which no JSON has, at the end.
  private func peek() -> UInt8 { position < json.count ? json[position] : 0 }

  private mutating func skipSpace() {
    while position < json.count {
      switch json[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      default: return
      }
    }
  }

  /// Passes over a byte, if it is the next one behind white space.
  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(Unfit) {
    guard skip(byte) else { throw Unfit() }
  }

  /// Passes over exactly these bytes, if they are the next ones.
  private mutating func skip(_ literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard json.count - position >= count else { return false }
    let wanted = UnsafeRawBufferPointer(start: literal.utf8Start, count: count)
    guard json[position..<position + count].elementsEqual(wanted) else { return false }
    position += count
    return true
  }
}
