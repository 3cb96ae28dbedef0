public import Domain

/// A value that the warehouse stores: one document of a collection.
///
/// ```swift
/// struct Recipe: Document {
///   static let collection = "recipes"
///   var id: Identifier
///   var title: String
///   var servings: Int
/// }
/// let recipes = warehouse.collection(Recipe.self)
/// let outcomes = try await recipes.save([soup, bread])
/// ```
///
/// That is all there is to write: the `Codable` form is what is stored, with ``id`` under `_id`. A type that is looked
/// up by other fields than its identifier names them as ``Field``s, and declares indexes.
public protocol Document: Codable, Sendable, Identifiable where ID == Identifier {
  /// The name of the collection that holds the documents, unless another is asked for.
  static var collection: String { get }
  /// The indexes of the collection; none by default. They are made before something is first stored.
  ///
  /// By the first unique index of one field a document that is saved is matched with a stored one.
  static var indexes: [Index<Self>] { get }
  /// The identifier. It is settable because that of a stored document wins over a derived one.
  var id: Identifier { get set }

  /// Decides what becomes of the stored document when this one is saved; by default it is replaced if it is different.
  func reconciled(with stored: Self) throws -> Reconciliation<Self>
  /// What a decoder needs to know about a document of the given collection beyond the document itself.
  static func decodingContext(collection: String) -> [CodingUserInfoKey: any Sendable]
}

extension Document {
  /// None by default.
  public static var indexes: [Index<Self>] { [] }

  /// Nothing by default.
  public static func decodingContext(collection: String) -> [CodingUserInfoKey: any Sendable] { [:] }

  /// Keeps a stored document that is encoded like this one, and replaces any other.
  public func reconciled(with stored: Self) throws -> Reconciliation<Self> {
    var merged = self
    merged.id = stored.id
    return try encodedBytes(of: merged) == encodedBytes(of: stored) ? .keep : .replace(merged)
  }

  /// The field of the first unique index that has only one.
  static var uniqueField: FieldPath? {
    indexes.first { $0.isUnique && $0.keys.count == 1 }?.keys[0].field
  }
}
