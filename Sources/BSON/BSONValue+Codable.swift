/// Values are themselves in BSON; with other coders they are canonical extended JSON.
extension BSONValue: Codable {
  /// Reads any BSON value; with other coders canonical or relaxed extended JSON, of which plain JSON is a part.
  public init(from decoder: any Decoder) throws {
    if let own = decoder as? BSONNodeDecoder {
      self = try own.decode(BSONValue.self)
    } else if let container = try? decoder.container(keyedBy: BSONKey.self) {
      var document = BSONDocument()
      for key in container.allKeys {
        let value = try container.decode(BSONValue.self, forKey: key)
        document.elements.append(BSONDocument.Element(key: key.stringValue, value: value))
      }
      self = BSONValue(extendedJSON: document) ?? .document(document)
    } else if var container = try? decoder.unkeyedContainer() {
      var values: [BSONValue] = []
      while !container.isAtEnd { values.append(try container.decode(BSONValue.self)) }
      self = .array(values)
    } else {
      self = try BSONValue(scalar: decoder.singleValueContainer())
    }
  }

  private init(scalar container: any SingleValueDecodingContainer) throws {
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .bool(truth)
    } else if let number = try? container.decode(Int64.self) {
      self = Int32(exactly: number).map { .int32($0) } ?? .int64(number)
    } else if let number = try? container.decode(Double.self) {
      self = .double(number)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  /// Writes itself; with other coders canonical extended JSON.
  public func encode(to encoder: any Encoder) throws {
    if let own = encoder as? BSONValueEncoder { return try own.encode(self) }
    switch self {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let truth):
      var container = encoder.singleValueContainer()
      try container.encode(truth)
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .array(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(value) }
    case .document(let document):
      var container = encoder.container(keyedBy: BSONKey.self)
      for element in document.elements { try container.encode(element.value, forKey: BSONKey(element.key)) }
    default: try extendedJSON.encode(to: encoder)
    }
  }

  /// Decodes a type that is one kind of value.
  static func decode<T>(
    _ type: T.Type, _ expected: String, from decoder: any Decoder, _ pick: (BSONValue) -> T?
  ) throws -> T {
    let value = try BSONValue(from: decoder)
    if let picked = pick(value) { return picked }
    let context = DecodingError.Context(
      codingPath: decoder.codingPath, debugDescription: "expected \(expected), found \(value.typeName)")
    throw value == .null ? DecodingError.valueNotFound(type, context) : .typeMismatch(type, context)
  }
}
