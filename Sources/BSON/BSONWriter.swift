/// Writes one value with its key: the type's byte, the key, the value. What is inside of it is written at the buffer's
/// end as it comes; only containers that may be written alternately have a writer of their own.
final class BSONWriter {
  // Not checked for overlapping accesses, which costs a quarter of the time: no access lasts while a type's own code
  // runs, and each function that writes has its arguments before it begins.
  @exclusivity(unchecked) var buffer = BSONBuffer()
  /// The innermost open value.
  @exclusivity(unchecked) var frame: BSONFrame
  /// The values that it lies in, the root first.
  @exclusivity(unchecked) var outer: [BSONFrame] = []
  /// The path of the root value, for errors.
  private let prefix: [any CodingKey]
  /// The level of the root value.
  private let firstDepth: Int
  private var lastSerial = 0
  /// What went wrong where nothing could be thrown.
  private(set) var failure: EncodingError?

  init(key: String, prefix: [any CodingKey], depth: Int) {
    self.prefix = prefix
    firstDepth = depth
    frame = BSONFrame(serial: 0, typeOffset: 0, valueStart: 0, index: -1)
    buffer.append(UInt8(0))
    do throws(BSONError) { try buffer.appendCString(key) } catch { fail(encodingError(error, path: prefix)) }
    frame = BSONFrame(serial: 0, typeOffset: 0, valueStart: buffer.count, index: -1)
  }

  // MARK: The root

  /// Where the root value begins, after its type and its key.
  var rootStart: Int { (outer.first ?? frame).valueStart }

  /// The encoder of the root value.
  var rootEncoder: BSONValueEncoder { BSONValueEncoder(writer: self, serial: (outer.first ?? frame).serial) }

  /// The type of the root value, when it is finished.
  var rootType: BSONType { BSONType(rawValue: buffer.bytes[0]) ?? .undefined }

  func encodeRoot<T: Encodable>(_ value: T) throws {
    try encode(value, serial: frame.serial)
    try finish()
  }

  /// Closes the root value; it cannot be written any more.
  func finish() throws {
    try close()
    frame = BSONFrame(serial: nextSerial(), typeOffset: 0, valueStart: frame.valueStart, index: -1)
  }

  // MARK: Opening and closing values

  /// The level of the innermost value.
  var depth: Int { firstDepth + outer.count }

  func nextSerial() -> Int {
    lastSerial += 1
    return lastSerial
  }

  /// Makes the value a document or an array, unless it is one already. Something else that it was is dropped: of two
  /// values that a type encodes for itself, the later counts.
  func begin(_ kind: BSONFrame.Kind, serial: Int) {
    guard serial == frame.serial, frame.kind != kind else { return }
    reset(kind)
    if depth > BSONDocument.maximumDepth { fail(encodingError(.tooDeep, path: path(of: serial))) }
    buffer.append(Int32(0))
  }

  /// Begins the value anew.
  func reset(_ kind: BSONFrame.Kind) {
    guard frame.kind != .empty else {
      frame.kind = kind
      return
    }
    buffer.truncate(to: frame.valueStart)
    frame.kind = kind
    frame.count = 0
    frame.keys = BSONKeySet()
    frame.deferred = []
  }

  /// How many elements a value that is open has so far.
  func count(of serial: Int) -> Int {
    frame.serial == serial ? frame.count : outer.first { $0.serial == serial }?.count ?? 0
  }

  /// Ends the innermost value and writes what could not be known before.
  func close() throws {
    if frame.kind == .empty { begin(.document, serial: frame.serial) }
    if let failure { throw failure }
    guard frame.kind != .scalar else { return }
    if !frame.deferred.isEmpty { try insertDeferred() }
    buffer.append(UInt8(0))
    do throws(BSONError) {
      try buffer.patchLength(at: frame.valueStart)
    } catch {
      throw encodingError(error, path: path(of: frame.serial))
    }
    buffer.patch(frame.kind == .array ? BSONType.array.rawValue : BSONType.document.rawValue, at: frame.typeOffset)
  }

  // MARK: Errors and their paths

  /// Keeps an error for the end of the value.
  func fail(_ error: EncodingError) {
    failure = failure ?? error
  }

  /// The path of a value that is open.
  func path(of serial: Int) -> [any CodingKey] {
    let open = outer + [frame]
    let inner = open.prefix { $0.serial != serial } + open.filter { $0.serial == serial }
    return prefix + inner.dropFirst().map { key(typeOffset: $0.typeOffset, end: $0.valueStart, index: $0.index) }
  }

  func key(typeOffset: Int, end: Int, index: Int) -> BSONKey {
    guard index < 0 else { return BSONKey(index: index) }
    return BSONKey(String(decoding: buffer.bytes[typeOffset + 1..<end - 1], as: UTF8.self))
  }

  func encodingError(_ error: BSONError, path: [any CodingKey]) -> EncodingError {
    .invalidValue(
      error, .init(codingPath: path, debugDescription: error.description, underlyingError: error))
  }

  @inline(never)
  func notOpen(serial: Int, key: BSONKey?) -> EncodingError {
    .invalidValue(
      key?.stringValue ?? "",
      .init(
        codingPath: path(of: serial) + (key.map { [$0] } ?? []),
        debugDescription: "it is written after its value has been encoded, or in the middle of another"))
  }
}
