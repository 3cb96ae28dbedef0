extension BSONDocument {
  /// Reads a document; the bytes must be one document, no more.
  ///
  /// - Throws: `BSONError` for what `RawBSON.validate` refuses.
  public init(bytes: UnsafeRawBufferPointer) throws(BSONError) {
    try self.init(bytes, at: 0, end: bytes.count, depth: 1)
  }

  /// Reads a document; the bytes must be one document, no more.
  ///
  /// - Throws: `BSONError` for what `RawBSON.validate` refuses.
  public init(bytes: [UInt8]) throws(BSONError) {
    self = try bytes.withBytes { bytes throws(BSONError) in try BSONDocument(bytes: bytes) }
  }

  /// The document as BSON.
  ///
  /// - Throws: `BSONError.tooDeep`, `.tooLarge`, `.keyWithNUL`.
  public func bytes() throws(BSONError) -> [UInt8] {
    var buffer = BSONBuffer()
    try buffer.append(self, depth: 1)
    return Array(buffer.bytes)
  }

  init(_ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, depth: Int) throws(BSONError) {
    guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
    let (start, end) = try BSONElement.open(bytes, at: offset, end: end)
    var elements: [Element] = []
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      let value = try BSONValue(bytes, element, depth: depth + 1)
      elements.append(Element(key: try element.key(bytes), value: value))
      position = element.valueEnd
    }
    self.init(elements)
  }
}

extension BSONValue {
  /// The value of an element.
  ///
  /// - Parameter depth: the level of the value if it is a document.
  init(_ bytes: UnsafeRawBufferPointer, _ element: BSONElement, depth: Int) throws(BSONError) {
    switch element.type {
    case .double: self = .double(element.double(bytes))
    case .string: self = .string(try element.string(bytes))
    case .document:
      self = .document(try BSONDocument(bytes, at: element.valueStart, end: element.valueEnd, depth: depth))
    case .array: self = .array(try BSONValue.array(bytes, element, depth: depth))
    case .binary:
      let (subtype, range) = try element.binary(bytes)
      self = .binary(BSONBinary(subtype: subtype, bytes: Array(bytes[range])))
    case .undefined: self = .undefined
    case .objectID: self = .objectID(element.objectID(bytes))
    case .bool: self = .bool(try element.bool(bytes))
    case .date: self = .date(milliseconds: element.int64(bytes))
    case .null: self = .null
    case .regularExpression: self = .regularExpression(try element.regularExpression(bytes))
    case .dbPointer:
      let middle = element.valueEnd - 12
      let collection = try element.string(bytes, at: element.valueStart, end: middle)
      self = .dbPointer(BSONDBPointer(collection: collection, id: BSONObjectID(at: middle, of: bytes)))
    case .code: self = .code(try element.string(bytes))
    case .codeWithScope:
      let (code, scope) = try element.codeWithScope(bytes)
      self = .codeWithScope(
        try element.string(bytes, at: code.lowerBound, end: code.upperBound),
        scope: try BSONDocument(bytes, at: scope.lowerBound, end: scope.upperBound, depth: depth))
    case .symbol: self = .symbol(try element.string(bytes))
    case .int32: self = .int32(element.int32(bytes))
    case .timestamp: self = .timestamp(BSONTimestamp(bits: UInt64(bitPattern: element.int64(bytes))))
    case .int64: self = .int64(element.int64(bytes))
    case .decimal128:
      let low = element.int64(bytes)
      let high = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: element.valueStart + 8, as: Int64.self))
      self = .decimal128(BSONDecimal128(high: UInt64(bitPattern: high), low: UInt64(bitPattern: low)))
    case .minKey: self = .minKey
    case .maxKey: self = .maxKey
    }
  }

  private static func array(
    _ bytes: UnsafeRawBufferPointer, _ element: BSONElement, depth: Int
  ) throws(BSONError) -> [BSONValue] {
    guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
    let (start, end) = try BSONElement.open(bytes, at: element.valueStart, end: element.valueEnd)
    var values: [BSONValue] = []
    var position = start
    while let child = try BSONElement.read(bytes, at: position, end: end) {
      values.append(try BSONValue(bytes, child, depth: depth + 1))
      position = child.valueEnd
    }
    return values
  }
}

extension [UInt8] {
  /// Lends the bytes, with typed errors.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { buffer throws(Failure) in try body(UnsafeRawBufferPointer(buffer)) }
  }
}
