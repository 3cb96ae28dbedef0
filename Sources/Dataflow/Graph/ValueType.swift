import Foundation

/// The type of a value that crosses an edge, with its JSON: what records, the cache and the command line need to know of
/// a value whose type the engine has forgotten.
public struct ValueType: Sendable {
  /// The type.
  public let type: any Sendable.Type
  /// The type as one writes it, such as `[Chunk]`.
  public let name: String
  let encode: @Sendable (any Sendable) throws -> Data
  let decode: @Sendable (Data) throws -> any Sendable
  /// Puts erased elements together to a list of this type; nil for a type that is no list.
  let join: (@Sendable ([any Sendable]) -> (any Sendable)?)?
  /// Takes a list of this type apart; nil for a type that is no list.
  let split: (@Sendable (any Sendable) -> [any Sendable]?)?

  /// The type of a single value.
  public init<Value: Codable & Sendable>(_ type: Value.Type) {
    self.init(type, join: nil, split: nil)
  }

  /// The type of a list.
  public init<Element: Codable & Sendable>(_ type: [Element].Type) {
    self.init(
      type,
      join: { elements in
        var joined: [Element] = []
        joined.reserveCapacity(elements.count)
        for element in elements {
          guard let element = element as? Element else { return nil }
          joined.append(element)
        }
        return joined
      },
      split: { ($0 as? [Element])?.map { $0 } })
  }

  /// The type of a single value; the same as the initializer, for code that is written after a leading dot.
  public static func of<Value: Codable & Sendable>(_ type: Value.Type) -> ValueType { ValueType(type) }

  /// The type of a list; the same as the initializer, for code that is written after a leading dot.
  public static func of<Element: Codable & Sendable>(_ type: [Element].Type) -> ValueType { ValueType(type) }

  /// What the compiler finds for any other type, so that it can say what is missing.
  @available(
    *, unavailable, message: "a step's result must be Codable and Sendable: records, the cache and other tasks take it"
  )
  public static func of<Value>(_ type: Value.Type) -> ValueType { ValueType(Completion.self) }

  private init<Value: Codable & Sendable>(
    _ type: Value.Type, join: (@Sendable ([any Sendable]) -> (any Sendable)?)?,
    split: (@Sendable (any Sendable) -> [any Sendable]?)?
  ) {
    self.type = type
    name = typeName(type)
    encode = { value in
      guard let value = value as? Value else {
        throw DataflowError.wrongResult(step: "", expected: typeName(type))
      }
      return try canonicalJSON(value)
    }
    decode = { try recordDecoder().decode(Value.self, from: $0) }
    self.join = join
    self.split = split
  }

  /// Whether both are the same type.
  func isSame(as other: any Sendable.Type) -> Bool { ObjectIdentifier(type) == ObjectIdentifier(other) }
}
