public import Domain

/// A cleaned document and all of its chunks, to be stored in the place of what there is of it.
public struct DocumentReplacement: Sendable {
  /// The document.
  public var document: CleanedDocument
  /// Its chunks; none for a document that has no text worth finding.
  public var chunks: [EmbeddedChunk]

  /// Joins a document and its chunks.
  public init(document: CleanedDocument, chunks: [EmbeddedChunk]) {
    self.document = document
    self.chunks = chunks
  }
}
