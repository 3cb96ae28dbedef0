/// A part of a document: some of its fields, so that the others need not be fetched.
///
/// ```swift
/// struct Headline: Projection {
///   static let fields: [ProjectedField<Recipe>] = [.init(.title)]
///   var title: String
/// }
/// for try await headline in recipes.find(as: Headline.self) { … }
/// ```
public protocol Projection: Decodable, Sendable {
  /// The documents that it is a part of.
  associatedtype D: Document
  /// The fields that it is decoded from, beside the identifier.
  static var fields: [ProjectedField<D>] { get }
}

/// A field of a ``Projection``.
public struct ProjectedField<D: Document>: Hashable, Sendable {
  let path: String

  /// Takes a field of any type.
  public init<Value>(_ field: Field<D, Value>) {
    path = field.path
  }
}
