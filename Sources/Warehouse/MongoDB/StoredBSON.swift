import Domain

/// A document of a collection, not yet decoded.
struct StoredBSON<D: Document> {
  let document: BSONDocument
  let collection: String

  /// The identifier as any type of BSON, as text.
  var id: String {
    (try? BSONDecoder.decode(StoredIdentifier.self, from: document).id) ?? "of an unknown identifier"
  }

  func decoded<Value: Decodable>(as type: Value.Type) -> Result<Value, UnreadableDocumentError> {
    do {
      return .success(
        try BSONDecoder.decode(type, from: document, context: D.decodingContext(collection: collection)))
    } catch {
      let unreadable = UnreadableDocument(
        collection: collection, id: Identifier(existing: id), reason: readableReason(of: error))
      return .failure(UnreadableDocumentError(document: unreadable))
    }
  }

  func decodedOrThrow() throws -> D {
    do {
      return try decoded(as: D.self).get()
    } catch {
      throw WarehouseError.unreadable(error.document)
    }
  }

  /// What becomes of this document when another version is saved; an unreadable one is replaced.
  func reconciliation(with new: D) -> Reconciliation<D> {
    guard let stored = try? decoded(as: D.self).get() else {
      var merged = new
      merged.id = Identifier(existing: id)
      return .replace(merged)
    }
    return new.reconciled(with: stored)
  }
}

private struct StoredIdentifier: Decodable {
  let id: String

  enum CodingKeys: String, CodingKey { case id = "_id" }
}
