import BSON
import Domain

extension Warehouse {
  /// The driver, ready for the documents of a collection as they are stored, whatever their type.
  ///
  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)`` when the name is not one of a collection.
  func driver(forRaw collection: String, for use: CollectionUse = .writing) async throws -> any WarehouseDriver {
    if collection == User.collection { return try await userCollection.driver(for: use) }
    if let category = DataCategory(rawValue: collection) { return try await self.collection(category).driver(for: use) }
    return try await store.prepared(for: UntypedDocument.self, name: collection, use)
  }

  /// The collections that are meant by names, or all: those of the warehouse itself first, then the store's others in
  /// order.
  ///
  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)`` for a name that the store does not have.
  func collections(named names: [String]) async throws -> [String] {
    let stored = try await driver.collectionNames()
    let known = Self.collections + stored.filter { !Self.collections.contains($0) }.sorted()
    for name in names where !known.contains(name) {
      let near =
        nearestName(to: name, in: known).map { "did you mean \($0)" } ?? "it has \(known.joined(separator: ", "))"
      throw WarehouseError.unknownCollection(name: name, reason: near)
    }
    return names.isEmpty ? known : known.filter(names.contains)
  }
}

/// The field by which documents of a collection are matched before their identifier, if there is one.
func uniqueField(ofRaw collection: String) -> FieldPath? {
  DataCategory(rawValue: collection) == nil ? nil : RawDocument.uniqueField
}

extension SaveRequest {
  /// Stores a document as it is, in the place of the one of its identifier.
  ///
  /// One that has the document's unique key and another identifier stays, which is a conflict.
  init(replacing document: EncodedDocument, in collection: String) {
    self.init(document: document) { stored in
      guard stored.count != document.bytes.count || !stored.elementsEqual(document.bytes) else {
        return .keep(.unchanged)
      }
      guard value(of: .id, in: stored) == .string(document.id) else {
        let other = (try? textIdentifier(of: stored)) ?? "another one"
        return .keep(
          .failed(
            .taken(collection: collection, document: document.label, identifier: document.id, other: other)))
      }
      return .replace(document.bytes, .updated)
    }
  }
}

extension EncodedDocument {
  /// A document as it is stored somewhere.
  ///
  /// - Throws: ``TransferProblem`` or ``WarehouseError/documentTooLarge(collection:document:bytes:)``.
  init(stored bytes: [UInt8], in collection: String) throws {
    let id = try bytes.withUnsafeBytes(textIdentifier)
    self.init(id: id, bytes: bytes)
    if let field = uniqueField(ofRaw: collection), let key = value(of: field, in: bytes), key != .null {
      self.key = key
    }
    guard bytes.count <= Warehouse.maximumDocumentBytes else {
      throw WarehouseError.documentTooLarge(collection: collection, document: label, bytes: bytes.count)
    }
  }
}

/// Stands for documents of whatever type, whose collection has no indexes that are known here.
private struct UntypedDocument: Document {
  static let collection = ""
  var id: Identifier
}
