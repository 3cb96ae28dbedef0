import Domain

/// A chunk of which it is not known whether another one says the same.
struct WaitingChunk: Sendable, Identifiable {
  var category: DataCategory
  var place: DuplicateRule.Place

  var id: Identifier { place.id }
}

extension DuplicateRule.Place {
  init(_ chunk: Chunk) { self.init(publishedAt: chunk.publishedAt, id: chunk.id) }
  init(_ reference: ChunkReference) { self.init(publishedAt: reference.publishedAt, id: reference.id) }
}
