import Domain

/// Chunks with their vectors, of which those that cannot be read are named rather than end the reading of all.
struct ReadableChunks {
  let driver: any VectorStoreDriver
  let collection: CollectionReference
  let model: EmbeddingModelInfo

  /// What passes the filter, in the order of the identifiers.
  func page(where filter: VectorFilter, from cursor: Identifier?) async throws -> Page<ReadChunk> {
    do {
      let page = try await driver.page(of: EmbeddedChunk.self, in: collection, where: filter, from: cursor)
      var chunks = page.elements.map { ReadChunk(id: $0.id, documentID: $0.chunk.documentID, chunk: $0) }
      // What has no identifier of a chunk is none; it is found as one that is no document's.
      let unreadable = page.unreadable.filter(\.id.isUUID)
      if !unreadable.isEmpty {
        chunks += unreadable.map {
          ReadChunk(id: $0.id, documentID: $0.documentID ?? ChunkReference.nobody, problem: $0.reason)
        }
        chunks.sort { $0.id < $1.id }
      }
      return Page(chunks, next: page.next)
    } catch VectorStoreError.unusableVector, VectorStoreError.wrongDimension {
      return try await onePage(where: filter, from: cursor)
    }
  }

  /// All of what passes the filter.
  func all(where filter: VectorFilter) async throws -> [ReadChunk] {
    var all: [ReadChunk] = []
    var cursor: Identifier?
    repeat {
      try Task.checkCancellation()
      let page = try await page(where: filter, from: cursor)
      all += page.elements
      cursor = page.next
    } while cursor != nil
    return all
  }

  /// The same as a page, each chunk by itself.
  private func onePage(where filter: VectorFilter, from cursor: Identifier?) async throws -> Page<ReadChunk> {
    let references = try await driver.references(in: collection, where: filter, from: cursor)
    var chunks: [ReadChunk] = []
    for reference in references.elements {
      var read = ReadChunk(id: reference.id, documentID: reference.documentID)
      do {
        let filter = VectorFilter.identifier(anyOf: [reference.id])
        let page = try await driver.page(of: EmbeddedChunk.self, in: collection, where: filter, from: nil)
        read.chunk = page.elements.first
      } catch VectorStoreError.unusableVector(_, let reason) {
        read.problem = "its vector cannot be read: \(reason)"
      } catch VectorStoreError.wrongDimension(_, let expected, let actual) {
        read.problem = "its vector has \(actual) components instead of \(expected)"
      }
      // A chunk that has gone meanwhile is none.
      if read.chunk != nil || read.problem != nil { chunks.append(read) }
    }
    return Page(chunks, next: references.next)
  }
}
