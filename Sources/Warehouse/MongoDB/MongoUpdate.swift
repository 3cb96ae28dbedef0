import BSON

/// Changes of a document as the update operators of MongoDB.
///
/// An update names each path once only, so changes of the same path are folded into one first, as if they were made one
/// after the other.
struct MongoUpdate {
  private enum Change {
    case set(BSONValue)
    case unset
    case increment(Int64)
    case append([BSONValue])
  }

  private var paths: [String] = []
  private var changes: [String: Change] = [:]

  /// - Throws: what keeps a value from being encoded.
  init(_ list: [FieldChange]) throws {
    for change in list {
      if changes[change.path] == nil { paths.append(change.path) }
      changes[change.path] = Self.fold(try Self.operation(of: change), onto: changes[change.path])
    }
  }

  var isEmpty: Bool { paths.isEmpty }

  /// The document of operators.
  var bson: BSONDocument {
    var document: BSONDocument = [:]
    func add(_ path: String, _ value: BSONValue, to name: String) {
      var operands = if case .document(let known) = document[name] { known } else { [:] as BSONDocument }
      operands[path] = value
      document[name] = .document(operands)
    }
    for path in paths {
      switch changes[path] {
      case .set(let value): add(path, value, to: "$set")
      case .unset: add(path, "", to: "$unset")
      case .increment(let amount): add(path, .int64(amount), to: "$inc")
      case .append(let values): add(path, ["$each": .array(values)], to: "$push")
      case nil: break
      }
    }
    return document
  }

  private static func operation(of change: FieldChange) throws -> Change {
    switch change.operation {
    case .set: .set(try change.encodedValue() ?? .null)
    case .unset: .unset
    case .increment(let amount): .increment(amount)
    case .append: .append([try change.encodedValue() ?? .null])
    }
  }

  private static func fold(_ change: Change, onto earlier: Change?) -> Change {
    switch (earlier, change) {
    case (.unset, .increment(let amount)): .set(.int64(amount))
    case (.unset, .append(let values)): .set(.array(values))
    case (.increment(let first), .increment(let second)): .increment(first &+ second)
    case (.append(let first), .append(let second)): .append(first + second)
    case (.set(.array(let first)), .append(let second)): .set(.array(first + second))
    case (.set(.int64(let first)), .increment(let second)): .set(.int64(first &+ second))
    case (.set(.int32(let first)), .increment(let second)): .set(.int64(Int64(first) &+ second))
    case (.set(.double(let first)), .increment(let second)): .set(.double(first + Double(second)))
    default: change
    }
  }
}
