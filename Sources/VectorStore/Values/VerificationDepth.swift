/// How closely ``VectorStore/verify(_:mends:progress:)`` looks.
public enum VerificationDepth: String, Codable, CaseIterable, Sendable {
  /// Whether documents and chunks have each other; only their identifiers are read.
  case references
  /// Also whether each chunk's text is the bytes of its document that it says, and its vector one of unit length;
  /// everything is read.
  case contents
}
