/// What can be asked of a document's bytes without decoding them, and done to them.
public enum RawBSON {
  /// Checks that the bytes are one BSON document and no more: every length, every terminator, every bool, all text as
  /// UTF-8, and at most `BSONDocument.maximumDepth` levels. What passes is read without an error by everything here.
  public static func validate(_ bytes: UnsafeRawBufferPointer) throws(BSONError) {
    try validate(bytes, at: 0, end: bytes.count, depth: 1, isArray: false)
  }

  /// Checks that the bytes are one BSON document and no more; see the other `validate`.
  public static func validate(_ bytes: [UInt8]) throws(BSONError) {
    try bytes.withBytes { bytes throws(BSONError) in try validate(bytes) }
  }

  /// Whether no key begins with `$`, which means types in extended JSON and operators to MongoDB, whether there is no
  /// code and no database pointer, and whether there are so few levels that every reader of extended JSON takes them (libbson: 100 of JSON, where a value has up to three).
  public static func isPlain(_ bytes: [UInt8]) throws(BSONError) -> Bool {
    try bytes.withBytes { bytes throws(BSONError) in try isPlain(bytes, at: 0, end: bytes.count, depth: 1) }
  }

  private static func isPlain(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, depth: Int
  ) throws(BSONError) -> Bool {
    guard depth <= 90 else { return false }
    let (start, end) = try BSONElement.open(bytes, at: offset, end: end)
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      if bytes[element.keyStart] == UInt8(ascii: "$") { return false }
      switch element.type {
      case .document, .array:
        guard try isPlain(bytes, at: element.valueStart, end: element.valueEnd, depth: depth + 1) else { return false }
      case .code, .codeWithScope, .dbPointer:
        // Types that libbson's reader of extended JSON does not always give back.
        return false
      default: break
      }
      position = element.valueEnd
    }
    return true
  }

  /// The value at a path of keys with dots between, such as `crawl.source`; nil if there is none. In an array, a key is
  /// an index. Only what lies before the value is walked over, by its lengths.
  public static func value(
    atPath path: String, in bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> BSONValue? {
    var element = BSONElement(type: .document, keyStart: 0, keyEnd: -1, valueEnd: bytes.count)
    var depth = 1
    let path = path.utf8
    var start = path.startIndex
    while true {
      guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
      let end = path[start...].firstIndex(of: UInt8(ascii: ".")) ?? path.endIndex
      guard let child = try child(path[start..<end], of: element, in: bytes) else { return nil }
      element = child
      depth += 1
      if end == path.endIndex { return try BSONValue(bytes, element, depth: depth) }
      start = path.index(after: end)
    }
  }

  /// The value at a path; nil if there is none. See the other `value(atPath:in:)`.
  public static func value(atPath path: String, in bytes: [UInt8]) throws(BSONError) -> BSONValue? {
    try bytes.withBytes { bytes throws(BSONError) in try value(atPath: path, in: bytes) }
  }

  /// The document with this `_id` as its first field, instead of one that it has.
  public static func settingID(
    _ id: BSONValue, in bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> [UInt8] {
    let (start, end) = try BSONElement.open(bytes, at: 0, end: bytes.count)
    var buffer = BSONBuffer(capacity: bytes.count + 64)
    buffer.append(Int32(0))
    buffer.append(id.type.rawValue)
    try buffer.appendCString("_id")
    try buffer.append(id, depth: 2)
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      if !bytes[element.keyStart..<element.keyEnd].elementsEqual("_id".utf8) {
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[position..<element.valueEnd]))
      }
      position = element.valueEnd
    }
    buffer.append(UInt8(0))
    try buffer.patchLength(at: 0)
    return Array(buffer.bytes)
  }

  /// The document with this `_id` as its first field; see the other `settingID(_:in:)`.
  public static func settingID(_ id: BSONValue, in bytes: [UInt8]) throws(BSONError) -> [UInt8] {
    try bytes.withBytes { bytes throws(BSONError) in try settingID(id, in: bytes) }
  }

  private static func child(
    _ key: Substring.UTF8View, of element: BSONElement, in bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> BSONElement? {
    guard element.type == .document || element.type == .array else { return nil }
    let wanted = element.type == .array ? Int(String(Substring(key))) : nil
    let length = key.count
    if element.type == .array, wanted == nil { return nil }
    let (start, end) = try BSONElement.open(bytes, at: element.valueStart, end: element.valueEnd)
    var (position, index) = (start, 0)
    while let child = try BSONElement.read(bytes, at: position, end: end) {
      let isFound =
        wanted.map { $0 == index }
        ?? (child.keyEnd - child.keyStart == length && bytes[child.keyStart..<child.keyEnd].elementsEqual(key))
      if isFound { return child }
      position = child.valueEnd
      index += 1
    }
    return nil
  }

  // MARK: Validation

  private static func validate(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, depth: Int, isArray: Bool
  ) throws(BSONError) {
    guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
    let (start, end) = try BSONElement.open(bytes, at: offset, end: end)
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      // The keys of arrays are not read by anyone.
      if !isArray { try validateText(bytes, element.keyStart..<element.keyEnd) }
      try validate(element, bytes, depth: depth + 1)
      position = element.valueEnd
    }
  }

  private static func validate(
    _ element: BSONElement, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(BSONError) {
    let (start, end) = (element.valueStart, element.valueEnd)
    switch element.type {
    case .string, .code, .symbol: try validateString(bytes, start..<end)
    case .document: try validate(bytes, at: start, end: end, depth: depth, isArray: false)
    case .array: try validate(bytes, at: start, end: end, depth: depth, isArray: true)
    case .binary: _ = try element.binary(bytes)
    case .bool: _ = try element.bool(bytes)
    case .regularExpression: _ = try element.regularExpression(bytes)
    case .dbPointer: try validateString(bytes, start..<end - 12)
    case .codeWithScope:
      let (code, scope) = try element.codeWithScope(bytes)
      try validateString(bytes, code)
      try validate(bytes, at: scope.lowerBound, end: scope.upperBound, depth: depth, isArray: false)
    case .double, .undefined, .objectID, .date, .null, .int32, .timestamp, .int64, .decimal128, .minKey, .maxKey:
      break
    }
  }

  /// Text with its length in front, which `read` has checked, and a NUL behind.
  private static func validateString(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(BSONError) {
    guard bytes[range.upperBound - 1] == 0 else {
      throw .corrupt(offset: range.upperBound - 1, reason: "a string has no NUL at its end")
    }
    try validateText(bytes, range.lowerBound + 4..<range.upperBound - 1)
  }

  private static func validateText(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(BSONError) {
    guard utf8Kind(UnsafeRawBufferPointer(rebasing: bytes[range])) != nil else {
      throw .corrupt(offset: range.lowerBound, reason: "a text is not UTF-8")
    }
  }
}
