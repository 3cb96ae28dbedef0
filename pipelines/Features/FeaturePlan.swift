/// What a features run has to do: the difference between the warehouse and the vector store.
public struct FeaturePlan: Sendable, Codable {
  /// Documents that are new, changed, or were made by other code or parameters.
  public var changed: [RawDocument]
  /// How many documents need no work.
  public var unchanged: Int
  /// Documents that the warehouse no longer has.
  public var gone: [DataCategory: [Identifier]]
}

/// The documents of one category, as the warehouse has them.
public struct CollectedDocuments: Sendable, Codable {
  /// The documents.
  public var documents: [RawDocument] = []
  /// Documents that are there and cannot be read.
  public var unreadable: [Identifier] = []
}

/// A cleaned document with its chunks, in order.
public struct ChunkedDocument: Sendable, Codable, ItemNamed {
  /// The document.
  public var document: CleanedDocument
  /// Its chunks; none when it has no text.
  public var chunks: [Chunk]

  /// The document's link.
  public var itemName: String { document.link }
}

extension RawDocument: ItemNamed {
  /// The document's link.
  public var itemName: String { link }
}

extension CleanedDocument: ItemNamed {
  /// The document's link.
  public var itemName: String { link }
}
