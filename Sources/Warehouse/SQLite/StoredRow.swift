import Domain
import GRDB

/// A row of a collection's table, not yet decoded.
struct StoredRow<D: Document> {
  let id: String
  let text: String
  let collection: String

  init(_ row: Row, of type: D.Type, in collection: String) {
    id = row["id"]
    text = row["document"]
    self.collection = collection
  }

  func decoded<Value: Decodable>(as type: Value.Type) -> Result<Value, UnreadableDocumentError> {
    do {
      let context = D.decodingContext(collection: collection)
      return .success(try DocumentJSON.decode(type, from: text, context: context))
    } catch {
      let reason = readableReason(of: error)
      return .failure(
        UnreadableDocumentError(
          document: UnreadableDocument(collection: collection, id: Identifier(existing: id), reason: reason)))
    }
  }

  /// What becomes of this row when the document is saved; an unreadable row is replaced.
  func reconciliation(with document: D) -> Reconciliation<D> {
    guard let stored = try? decoded(as: D.self).get() else {
      var merged = document
      merged.id = Identifier(existing: id)
      return .replace(merged)
    }
    return document.reconciled(with: stored)
  }
}
