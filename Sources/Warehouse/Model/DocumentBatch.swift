/// Some documents of a collection, read together.
public struct DocumentBatch<D: Sendable>: Sendable {
  /// The documents, ordered by identifier.
  public var documents: [D] = []
  /// Stored documents that are not what they should be; the rest of the batch is not affected.
  public var unreadable: [UnreadableDocument] = []
  /// The identifier of the last document read, readable or not; nil at the end of the collection.
  var last: String?

  mutating func add(_ result: Result<D, UnreadableDocumentError>) {
    switch result {
    case .success(let document): documents.append(document)
    case .failure(let failure): unreadable.append(failure.document)
    }
  }
}
