/// A document of a collection; deprecated, but old databases have it.
public struct BSONDBPointer: Hashable, Sendable {
  /// The collection's name, the database's in front.
  public var collection: String
  /// The document's identifier.
  public var id: BSONObjectID

  /// The document with the identifier.
  public init(collection: String, id: BSONObjectID) {
    self.collection = collection
    self.id = id
  }
}

extension BSONDBPointer: Codable {
  /// Reads a database pointer; with other coders its extended JSON.
  public init(from decoder: any Decoder) throws {
    self = try BSONValue.decode(BSONDBPointer.self, "database pointer", from: decoder) { value in
      if case .dbPointer(let pointer) = value { pointer } else { nil }
    }
  }

  /// Writes a database pointer; with other coders its canonical extended JSON.
  public func encode(to encoder: any Encoder) throws { try BSONValue.dbPointer(self).encode(to: encoder) }
}
