/// A document as the warehouse has it, readable or not.
public struct CollectedDocument: Sendable, Codable, ItemNamed, Fingerprinted {
  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
  /// The document; nil if it cannot be read.
  public var document: RawDocument?
  /// Which field cannot be read, and how; nil if all can.
  public var problem: String?

  /// The identifier and the hash of what is written, which is made sooner than the JSON of all of it.
  public var fingerprint: String { "\(id) \(document?.contentHash.hexadecimal ?? problem ?? "")" }

  /// The document's link; where that cannot be read, its collection and identifier.
  public var itemName: String { document?.link ?? "\(category.rawValue) \(id)" }

  /// Which document it is.
  var reference: DocumentReference { DocumentReference(id: id, category: category) }
}
