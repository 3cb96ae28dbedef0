/// A condition that the product of a step must meet.
///
/// All checks of a product are run, and all that fail are reported together. A product that is taken from the cache met
/// its checks when it was made.
public struct Check: Sendable {
  /// What a failure means.
  public enum Importance: String, Sendable, Hashable, Codable {
    /// It is noted in the record, and the product is used all the same.
    case warn
    /// The step, or the item, fails.
    case fail
  }

  /// The name, for messages.
  public let name: String
  /// What a failure means.
  public let importance: Importance
  /// Whether it is about what becomes of one item rather than about the whole product.
  public let isPerItem: Bool
  /// Throws what is wrong.
  let run: @Sendable (any Sendable) async throws -> Void

  /// A check of the whole product; `body` throws what is wrong with it.
  public init<Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Value) async throws -> Void
  ) {
    self.init(name, importance, isPerItem: false, body)
  }

  /// A check of what becomes of one item of a step that fans out.
  public static func item<Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Value) async throws -> Void
  ) -> Check {
    Check(name, importance, isPerItem: true, body)
  }

  private init<Value: Sendable>(
    _ name: String, _ importance: Importance, isPerItem: Bool,
    _ body: @escaping @Sendable (Value) async throws -> Void
  ) {
    self.name = name
    self.importance = importance
    self.isPerItem = isPerItem
    run = { value in
      guard let value = value as? Value else {
        throw CheckFailure("the check is for a value of type \(typeName(Value.self))")
      }
      try await body(value)
    }
  }
}

/// What a check throws when it has nothing better to throw.
public struct CheckFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// Says what is wrong.
  public init(_ description: String) {
    self.description = description
  }
}
