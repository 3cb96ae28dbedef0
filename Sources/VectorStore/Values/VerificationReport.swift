public import Domain

/// Whether every chunk has its document and every document its chunks, and whether they are what they should be.
///
/// What is wrong is kept by identifiers, each document or chunk once at most.
public struct VerificationReport: Codable, Hashable, Sendable {
  /// How many documents were looked at.
  public var documents = 0
  /// How many chunks were looked at.
  public var chunks = 0
  /// Chunks whose document is not stored.
  public var chunksWithoutDocument: [Identifier] = []
  /// Complete documents of which no chunk is stored, though they have a text.
  public var documentsWithoutChunks: [Identifier] = []
  /// Documents whose replacement or deletion was interrupted; the next run of `features` completes it.
  public var incompleteDocuments: [Identifier] = []
  /// Complete documents that have a chunk which is not what it should be; only when the contents were looked at.
  public var damagedDocuments: [DamagedDocument] = []
  /// Documents that are stored in a form that twin does not write, so that they cannot be read; only when the contents
  /// were looked at.
  public var unreadableDocuments: [UnreadableDocument] = []
  /// Chunks that are said to say the same as one that is not stored.
  public var chunksWithBrokenLink: [Identifier] = []
  /// What is wrong with that which the engine makes of documents and chunks for its searches, in words; only when the
  /// contents were looked at.
  public var indexProblems: [String] = []
  /// Whether what was found was mended, too: chunks without a document are deleted, documents whose chunks are missing or
  /// damaged are marked as incomplete, documents that cannot be read are deleted, links that lead nowhere are forgotten,
  /// and what searches read is made anew.
  public var isMended = false

  /// A document with a chunk that is not what it should be.
  public struct DamagedDocument: Codable, Hashable, Sendable {
    /// The document.
    public var id: Identifier
    /// The first such chunk.
    public var chunk: Identifier
    /// What is wrong with it.
    public var reason: String
  }

  /// A document that cannot be read.
  public struct UnreadableDocument: Codable, Hashable, Sendable {
    /// The document.
    public var id: Identifier
    /// What is wrong with it.
    public var reason: String
  }

  /// Nothing was looked at yet.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case documents, chunks
    case chunksWithoutDocument = "chunks_without_document"
    case documentsWithoutChunks = "documents_without_chunks"
    case incompleteDocuments = "incomplete_documents"
    case damagedDocuments = "damaged_documents"
    case unreadableDocuments = "unreadable_documents"
    case chunksWithBrokenLink = "chunks_with_broken_link"
    case indexProblems = "index_problems"
    case isMended = "mended"
  }

  /// Whether nothing is wrong, and nothing was interrupted.
  public var isSound: Bool { incompleteDocuments.isEmpty && !hasDamage }

  /// Whether something is wrong that the next run of `features` would not find by itself.
  public var hasDamage: Bool {
    !chunksWithoutDocument.isEmpty || !documentsWithoutChunks.isEmpty || !damagedDocuments.isEmpty
      || !unreadableDocuments.isEmpty || !chunksWithBrokenLink.isEmpty || !indexProblems.isEmpty
  }
}
