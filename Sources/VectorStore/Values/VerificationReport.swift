public import Domain

/// Whether every chunk has its document and every document its chunks.
public struct VerificationReport: Codable, Hashable, Sendable {
  /// How many documents were looked at.
  public var documents = 0
  /// How many chunks were looked at.
  public var chunks = 0
  /// Chunks whose document is not stored.
  public var chunksWithoutDocument: [Identifier] = []
  /// Complete documents of which no chunk is stored; right for a document without text.
  public var documentsWithoutChunks: [Identifier] = []
  /// Documents whose replacement or deletion was interrupted; the next run of `features` completes it.
  public var incompleteDocuments: [Identifier] = []

  /// Whether no chunk is without its document and nothing was interrupted.
  public var isSound: Bool { chunksWithoutDocument.isEmpty && incompleteDocuments.isEmpty }
}
