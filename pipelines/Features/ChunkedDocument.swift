/// A cleaned document with its chunks, in order.
public struct ChunkedDocument: Sendable, Codable, ItemNamed {
  /// The document.
  public var document: CleanedDocument
  /// Its chunks; none when it has no text.
  public var chunks: [Chunk]
  /// What cleaning took out of it; nothing for one that was cleaned before.
  public var removals = Removals()

  /// The document's link.
  public var itemName: String { document.link }
}
