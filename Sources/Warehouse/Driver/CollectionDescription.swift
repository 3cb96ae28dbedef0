/// What a driver must know about a collection before it is used.
struct CollectionDescription: Hashable, Sendable {
  struct IndexDescription: Hashable, Sendable {
    let keys: [OrderKey]
    let isUnique: Bool
  }

  let name: String
  let indexes: [IndexDescription]
  /// The field by which documents that are saved are matched with stored ones.
  let uniqueField: FieldPath?

  /// The longest name of a collection, so that it can be that of an SQLite table and of an index of MongoDB.
  static let maximumNameLength = 64

  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)`` when the name is not one of a collection: letters,
  ///   digits, `_`, `-` and `.`, the first one a letter.
  init<D: Document>(of type: D.Type, name: String) throws(WarehouseError) {
    let bytes = Array(name.utf8)
    let isPlain = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard isPlain, !bytes.isEmpty, bytes.count <= Self.maximumNameLength, name.first?.isLetter == true,
      !name.hasPrefix("sqlite_"), !name.hasPrefix("system.")
    else {
      throw .unknownCollection(
        name: name,
        reason:
          "a collection's name has at most \(Self.maximumNameLength) letters, digits, _, - and ., and begins with "
          + "a letter other than those of sqlite_ and system.")
    }
    self.name = name
    indexes = D.indexes.map { IndexDescription(keys: $0.keys, isUnique: $0.isUnique) }
    uniqueField = D.uniqueField
  }
}
