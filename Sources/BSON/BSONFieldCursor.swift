/// Finds the fields of a document by name.
///
/// Types mostly ask for fields in the order in which they are stored: the next field is looked at first, and the
/// others from there on, around the document's end. When that has skipped many, an index is made, so that no order of
/// questions makes it quadratic.
struct BSONFieldCursor {
  private let start: Int
  private let end: Int
  /// What was found last; it is looked at first, since a type asks whether a field is there and then for its value.
  private var last: BSONElement?
  private var skipped = 0
  private var index: [String: BSONElement]?

  init() { self.init(start: 0, end: -1) }

  /// A document's elements, from the first to the NUL.
  init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  var isOpen: Bool { end >= 0 }

  /// How many fields are skipped before an index is made: some hundred cost less than it.
  private static let patience = 256

  /// The field with the name; nil if there is none.
  @inline(__always)
  mutating func find(_ name: String, in bytes: UnsafeRawBufferPointer) throws(BSONError) -> BSONElement? {
    let utf8 = name.utf8.span
    if let last, matches(last, utf8, bytes) { return last }
    let next = last?.valueEnd ?? start
    if let element = try BSONElement.read(bytes, at: next, end: end), matches(element, utf8, bytes) {
      last = element
      return element
    }
    return try search(name, from: next, in: bytes)
  }

  @inline(never)
  private mutating func search(
    _ name: String, from next: Int, in bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> BSONElement? {
    let utf8 = name.utf8.span
    if skipped > BSONFieldCursor.patience {
      guard let found = try indexed(bytes)[name] else { return nil }
      // Strings are equal by characters, keys by bytes; the walk finds one that only differs in its code points.
      if matches(found, utf8, bytes) {
        last = found
        return found
      }
    }
    for (from, to) in [(next, end), (start, next)] {
      var position = from
      while position < to, let element = try BSONElement.read(bytes, at: position, end: end) {
        if matches(element, utf8, bytes) {
          last = element
          return element
        }
        position = element.valueEnd
        skipped += 1
      }
    }
    return nil
  }

  private mutating func indexed(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> [String: BSONElement] {
    if let index { return index }
    var made: [String: BSONElement] = [:]
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      let key = try element.key(bytes)
      if made[key] == nil { made[key] = element }
      position = element.valueEnd
    }
    index = made
    return made
  }

  /// The names in stored order, up to where the bytes are wrong, and what is wrong there.
  func names(in bytes: UnsafeRawBufferPointer) -> (names: [String], failure: BSONError?) {
    var names: [String] = []
    var position = start
    do throws(BSONError) {
      while let element = try BSONElement.read(bytes, at: position, end: end) {
        names.append(try element.key(bytes))
        position = element.valueEnd
      }
    } catch {
      return (names, error)
    }
    return (names, nil)
  }

  @inline(__always)
  private func matches(
    _ element: BSONElement, _ name: Span<UInt8>, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard element.keyEnd - element.keyStart == name.count else { return false }
    var offset = 0
    while offset < name.count {
      if bytes[element.keyStart + offset] != name[offset] { return false }
      offset += 1
    }
    return true
  }
}
