/// A BSON document: keys and values in order. For filters, commands and updates; what is stored and read in number goes
/// between Swift types and bytes without it (`BSONEncoder`, `BSONDecoder`).
public struct BSONDocument: Hashable, Sendable {
  /// A key and its value.
  public struct Element: Hashable, Sendable {
    /// The name; it must have no NUL character.
    public var key: String
    /// The value.
    public var value: BSONValue

    /// A pair of both.
    public init(key: String, value: BSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// How many levels documents may have, themselves included; MongoDB takes 100
  /// (<https://www.mongodb.com/docs/manual/reference/limits/>).
  public static let maximumDepth = 100

  /// The elements in their order.
  public var elements: [Element]

  /// A document of these elements.
  public init(_ elements: [Element] = []) {
    self.elements = elements
  }

  /// The value of the first element with the key. Setting replaces it in its place or appends it; nil removes it.
  public subscript(key: String) -> BSONValue? {
    get { elements.first { $0.key == key }?.value }
    set {
      let index = elements.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): elements[index].value = value
      case (let index?, nil): elements.remove(at: index)
      case (nil, let value?): elements.append(Element(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension BSONDocument: ExpressibleByDictionaryLiteral {
  /// A document written as `["key": value]`.
  public init(dictionaryLiteral elements: (String, BSONValue)...) {
    self.init(elements.map { Element(key: $0, value: $1) })
  }
}

extension BSONDocument: Codable {
  /// Reads a document; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONDocument.self, "document", from: decoder) { value in
      if case .document(let document) = value { document } else { nil }
    }
  }

  /// Writes a document; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.document(self).encode(to: encoder) }
}
