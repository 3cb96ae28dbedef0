/// Header fields in the order they were added; names compare without regard to letter case (RFC 9110, section 5.1).
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// The fields, in order.
  public private(set) var fields: [Field] = []

  /// One name and value.
  public struct Field: Sendable, Hashable {
    /// The name as it was written.
    public var name: String
    /// The value without surrounding white space.
    public var value: String
  }

  /// No fields.
  public init() {}

  /// The fields of a literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name: name, value: value) }
  }

  /// The first value of a name; setting replaces all of that name, nil removes them.
  public subscript(name: String) -> String? {
    get { fields.first { sameName($0.name, name) }?.value }
    set {
      fields.removeAll { sameName($0.name, name) }
      if let newValue { append(name: name, value: newValue) }
    }
  }

  /// All values of a name, in order.
  public func values(of name: String) -> [String] {
    fields.filter { sameName($0.name, name) }.map(\.value)
  }

  /// Adds a field beside any of the same name.
  public mutating func append(name: String, value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// Keeps the fields whose name passes the test.
  mutating func keep(where isKept: (String) -> Bool) {
    fields.removeAll { !isKept($0.name) }
  }

  /// Adds a continuation line to the last value (obsolete line folding, RFC 9112, section 5.2).
  mutating func foldIntoLast(_ text: String) {
    guard let last = fields.indices.last else { return }
    fields[last].value += fields[last].value.isEmpty ? text : " " + text
  }
}

/// Whether two field names are the same: ASCII letters without their case.
func sameName(_ left: String, _ right: String) -> Bool {
  let (left, right) = (left.utf8, right.utf8)
  return left.count == right.count && zip(left, right).allSatisfy { lowercased($0) == lowercased($1) }
}

/// An ASCII capital as its small letter, any other byte as it is.
func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}

extension HTTPHeaders.Field {
  /// Whether the name is a token and the value has no control characters (RFC 9110, sections 5.1 and 5.5): a line break
  /// in either would begin a field, or a request, of someone else's making.
  var isWellFormed: Bool {
    !name.isEmpty && name.utf8.allSatisfy(isTokenByte)
      && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
  }
}

private func isTokenByte(_ byte: UInt8) -> Bool {
  switch lowercased(byte) {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}
