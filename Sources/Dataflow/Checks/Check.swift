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
  /// Throws what is wrong with the second value; the first is the pipeline, once the check is bound to it.
  private let body: @Sendable ((any Sendable)?, any Sendable) async throws -> Void
  private var owner: (any Sendable)?

  /// A check of the whole product; `body` throws what is wrong with it.
  public init<Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Value) async throws -> Void
  ) {
    self.init(name, importance, isPerItem: false) { try await body(Self.checked($1)) }
  }

  /// A check of what becomes of one item of a step that fans out.
  public static func item<Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Value) async throws -> Void
  ) -> Check {
    Check(name, importance, isPerItem: true) { try await body(checked($1)) }
  }

  /// A check of the whole product that uses the pipeline to which its step belongs.
  public init<Owner: Sendable, Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, of owner: Owner.Type, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Owner, Value) async throws -> Void
  ) {
    self.init(name, importance, isPerItem: false) { try await body(Self.bound($0), Self.checked($1)) }
  }

  /// A check of what becomes of one item that uses the pipeline to which its step belongs.
  public static func item<Owner: Sendable, Value: Sendable>(
    _ name: String, _ importance: Importance = .fail, of owner: Owner.Type, on type: Value.Type = Value.self,
    _ body: @escaping @Sendable (Owner, Value) async throws -> Void
  ) -> Check {
    Check(name, importance, isPerItem: true) { try await body(bound($0), checked($1)) }
  }

  private init(
    _ name: String, _ importance: Importance, isPerItem: Bool,
    _ body: @escaping @Sendable ((any Sendable)?, any Sendable) async throws -> Void
  ) {
    self.name = name
    self.importance = importance
    self.isPerItem = isPerItem
    self.body = body
  }

  /// The same check with its pipeline inside.
  func bound(to owner: some Sendable) -> Check {
    var check = self
    check.owner = owner
    return check
  }

  /// Throws what is wrong with a value.
  func run(_ value: any Sendable) async throws {
    try await body(owner, value)
  }

  private static func checked<Value: Sendable>(_ value: any Sendable) throws -> Value {
    guard let value = value as? Value else {
      throw CheckFailure("the check is for a value of type \(typeName(Value.self))")
    }
    return value
  }

  private static func bound<Owner: Sendable>(_ owner: (any Sendable)?) throws -> Owner {
    guard let owner = owner as? Owner else {
      throw CheckFailure("the check is for a step of \(typeName(Owner.self))")
    }
    return owner
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
