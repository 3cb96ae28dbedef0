/// What a step needs, by name: the product of the step of that name where there is one, else an input.
public struct Need: Sendable {
  /// In which form the step takes the product.
  public enum Form: Sendable, Hashable {
    /// As it is; of the need that a step fans out over, item by item.
    case value
    /// What became of every item, as `[ItemResult<Element>]`.
    case results
    /// What the step before made in the last complete run and makes no longer, as `[Element]`.
    case removed
  }

  /// The name of the step or input.
  public let name: String
  /// The type in which the value is stored. For the need that a step fans out over it is the list's.
  public let type: any Sendable.Type
  /// In which form the step takes it.
  public let form: Form
  /// The value used when no step makes this and no input gives it.
  public let defaultValue: (any Sendable)?
  let accepts: @Sendable (any Sendable) -> Bool
  /// How a value is read from JSON; nil for a type that has none.
  let codec: ValueType?
  /// Makes the list that ``Form/results`` asks for, of erased values and failures.
  let makeResults: (@Sendable ([Result<any Sendable, FailedItem>]) -> (any Sendable)?)?

  /// A need that must be met, of a type without JSON: a step that has one is never cached.
  public init<Value: Sendable>(_ name: String, _ type: Value.Type) {
    self.init(name, type, default: nil, codec: nil)
  }

  /// A need that must be met.
  public init<Value: Codable & Sendable>(_ name: String, _ type: Value.Type) {
    self.init(name, type, default: nil, codec: ValueType(type))
  }

  /// A need that may be left out, of a type without JSON.
  public init<Value: Sendable>(_ name: String, _ type: Value.Type, default value: Value) {
    self.init(name, type, default: value, codec: nil)
  }

  /// A need that may be left out.
  public init<Value: Codable & Sendable>(_ name: String, _ type: Value.Type, default value: Value) {
    self.init(name, type, default: value, codec: ValueType(type))
  }

  /// What became of every item of a step that fans out.
  public static func results<Element: Codable & Sendable>(_ name: String, of element: Element.Type) -> Need {
    Need(name, [Element].self, default: nil, codec: ValueType([Element].self), form: .results) { results in
      var list: [ItemResult<Element>] = []
      for result in results {
        switch result {
        case .failure(let failed): list.append(.failed(failed.failure))
        case .success(let value):
          guard let value = value as? Element else { return nil }
          list.append(.value(value))
        }
      }
      return list
    }
  }

  /// What a step that fans out made in the last complete run and makes no longer.
  public static func removed<Element: Codable & Sendable>(_ name: String, of element: Element.Type) -> Need {
    Need(name, [Element].self, default: nil, codec: ValueType([Element].self), form: .removed)
  }

  private init<Value: Sendable>(
    _ name: String, _ type: Value.Type, default value: Value?, codec: ValueType?, form: Form = .value,
    makeResults: (@Sendable ([Result<any Sendable, FailedItem>]) -> (any Sendable)?)? = nil
  ) {
    self.name = name
    self.type = type
    self.form = form
    self.codec = codec
    self.makeResults = makeResults
    defaultValue = value
    accepts = { $0 is Value }
  }
}

/// A failure as an error, for `Result`.
struct FailedItem: Error {
  var failure: Failure
  /// The item of the source that it comes from, counted within its batch.
  var root = 0
  /// Whether nothing failed, and a preview only did not make it.
  var isPending = false
}
