/// A field that documents and chunks are filtered and counted by.
public enum VectorField: String, Codable, CaseIterable, Sendable {
  /// The identifier of the author.
  case author = "author_id"
  /// The identifier of the document: a document's own, and that of a chunk's document.
  case document = "document_id"
  /// Where the document was published.
  case platform
  /// The canonical link of the document.
  case link
  /// A chunk's: the digest of its text (``textDigest(of:)``); chunks that say the same word for word have the same one.
  case textDigest = "text_digest"
  /// A chunk's: the identifier of the chunk that stands for it.
  case duplicateOf = "duplicate_of"
}
