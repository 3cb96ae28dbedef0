public import Domain

/// A value that the warehouse stores: one document of a collection.
///
/// A conforming type says which collections hold it and which of its fields are unique; its `Codable` form is what is
/// stored, with the identifier under `_id`. Everything else has a default.
public protocol Document: Codable, Sendable, Identifiable where ID == Identifier {
  /// The identifier. It is settable because that of a stored document wins over a derived one.
  var id: Identifier { get set }
  /// The names of all collections that hold documents of the type.
  static var collections: [String] { get }
  /// The indexes of each of these collections.
  static var indexes: [Index] { get }
  /// The collection that this document belongs to.
  var collection: String { get }
  /// The field and value that identify the document beside `id`, if there are such.
  var uniqueKey: UniqueKey? { get }

  /// Decides what becomes of the stored document when this one is saved.
  func reconciled(with stored: Self) -> Reconciliation<Self>
  /// What a decoder needs to know about a document of the given collection beyond the document itself.
  static func decodingContext(collection: String) -> [CodingUserInfoKey: any Sendable]
}

extension Document {
  /// None by default.
  public static var indexes: [Index] { [] }
  /// None by default: only the identifier is unique.
  public var uniqueKey: UniqueKey? { nil }

  /// Nothing by default.
  public static func decodingContext(collection: String) -> [CodingUserInfoKey: any Sendable] { [:] }
}

extension Document where Self: Equatable {
  /// Equal documents are kept, others replaced, by default.
  public func reconciled(with stored: Self) -> Reconciliation<Self> {
    var merged = self
    merged.id = stored.id
    return merged == stored ? .keep : .replace(merged)
  }
}
