import Foundation

/// A value in memory, or as the JSON that the cache gave for it.
enum HeldValue: Sendable {
  case value(any Sendable)
  case json(Data)

  /// The value, read if need be.
  func value(of type: ValueType) throws -> any Sendable {
    switch self {
    case .value(let value): value
    case .json(let data): try type.decode(data)
    }
  }
}

/// What a run holds of a product or an input until its last reader has it.
struct Held: Sendable {
  enum Content: Sendable {
    case whole(HeldValue)
    /// What a step that fans out, or streams, made: item by item, not yet one list.
    case items([HeldValue])
    /// Nobody asks for the list; only its version, or what is below, counts.
    case nothing
  }

  var content: Content
  /// What the value is, for keys: a digest or a fingerprint; nil if that is not known or was not asked for.
  var version: String?
  /// Whether something is left out because it failed, here or in what it was made from: then what is not in it is not
  /// gone.
  var isPartial = false
  /// What became of every item, as a version: other than ``version`` it changes with the failures, too.
  var resultsVersion: String?
  /// What became of every item, if somebody asks for that.
  var results: [Result<HeldValue, FailedItem>] = []
  /// What was made before and is made no longer, if somebody asks for that.
  var removed: [any Sendable] = []
  /// What was removed, as a version.
  var removedVersion: String?

  /// The whole value, as a step takes it.
  func whole(_ signature: StepSignature?) throws -> any Sendable {
    switch content {
    case .whole(.value(let value)): return value
    case .whole(.json(let data)):
      guard let signature else { return () }
      return try signature.produces.decode(data)
    case .nothing: return ()
    case .items(let items):
      guard let signature else { return () }
      let type = signature.itemType
      let values = try items.map { try $0.value(of: type) }
      guard let list = signature.fan.map({ $0.joined(values) }) ?? signature.produces.join?(values) else {
        throw DataflowError.wrongResult(step: signature.name, expected: signature.produces.name)
      }
      return list
    }
  }
}

extension StepSignature {
  /// The type of what becomes of one item; of a step that neither fans out nor streams, that of its product.
  var itemType: ValueType { fan?.item ?? stream?.element ?? produces }
}
