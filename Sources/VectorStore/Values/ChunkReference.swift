import Domain

/// A stored chunk and the document that it says it belongs to.
struct ChunkReference: Sendable, Identifiable {
  var id: Identifier
  var documentID: Identifier
}
