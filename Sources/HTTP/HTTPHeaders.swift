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
    get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
    set {
      fields.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { append(name: name, value: newValue) }
    }
  }

  /// Adds a field beside any of the same name.
  public mutating func append(name: String, value: String) {
    fields.append(Field(name: name, value: value))
  }
}
