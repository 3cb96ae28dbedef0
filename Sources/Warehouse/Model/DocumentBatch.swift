/// Some documents of a collection, or parts of them, read together.
public struct DocumentBatch<D: Sendable>: Sendable {
  /// The documents, in the order that was asked for.
  public internal(set) var documents: [D] = []
  /// Stored documents that are not what they should be; the rest of the batch is not affected.
  public internal(set) var unreadable: [UnreadableDocument] = []
}
