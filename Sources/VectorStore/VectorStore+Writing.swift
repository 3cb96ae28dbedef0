public import Domain

extension VectorStore {
  /// The longest text of a document, in UTF-8 bytes: 16 MiB, half of what Qdrant takes in one request.
  public static let maximumTextLength = 16 << 20

  /// Stores a document and its chunks in the place of what there is of it.
  ///
  /// - Throws: ``VectorStoreError``; the reason when the document cannot be stored.
  @discardableResult
  public func replaceChunks(
    of document: CleanedDocument, with chunks: [EmbeddedChunk]
  ) async throws -> ReplaceOutcome {
    let outcome = try await replaceChunks([DocumentReplacement(document: document, chunks: chunks)])
    if let failure = outcome.failures[document.id] { throw failure }
    return outcome
  }

  /// Stores many documents and their chunks in the place of what there is of them.
  ///
  /// It may be called again after any interruption: a document is stored as a whole or will be seen not to be
  /// (``states(of:authors:madeBy:)``), and nothing is stored twice. Of two documents with one identifier the last counts.
  /// Vectors are stored at unit length.
  /// - Returns: what was stored, and the documents that cannot be stored, which do not keep the others from being so.
  /// - Throws: ``VectorStoreError`` when the store cannot take anything: it is unreachable, not prepared, or holds
  ///   vectors of another model.
  public func replaceChunks(_ replacements: [DocumentReplacement]) async throws -> ReplaceOutcome {
    var outcome = ReplaceOutcome()
    var usable: [DocumentReplacement] = []
    let (generation, models) = try await session.writing()
    for replacement in lastOfEach(replacements) {
      let document = replacement.document
      guard let model = models[document.category] else {
        throw VectorStoreError.notPrepared(store: location, category: document.category)
      }
      do {
        usable.append(try checked(replacement, model: model))
      } catch let error as VectorStoreError {
        if case .modelMismatch = error { throw error }
        outcome.failures[document.id] = error
      }
    }
    let counts = try await driver.replace(usable, in: generation)
    outcome.documents = usable.count
    outcome.chunksStored = counts.chunksStored
    outcome.chunksDeleted = counts.chunksDeleted
    return outcome
  }

  /// Deletes documents and all of their chunks; identifiers that are not stored are passed over.
  ///
  /// An interrupted deletion leaves a state that equals no fingerprint, so that the next run finds it.
  /// - Returns: how many of the documents were stored.
  @discardableResult
  public func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    let ids = Set(ids).filter(\.isUUID).sorted()
    return ids.isEmpty ? 0 : try await driver.delete(documents: ids, in: category)
  }

  /// Makes sure that no word of what was deleted stays in an embedded store's files: the index of words keeps deleted ones
  /// until it is written anew, and the write-ahead log beside the file all that was written since it was emptied last.
  /// What Qdrant's files hold is for its own optimizer to remove.
  ///
  /// - Returns: false if the log could not be emptied, since someone goes on reading what was there before, for longer
  ///   than `EmbeddedDatabase.busyTimeout`: call it again when they have done.
  @discardableResult
  public func purge() async throws -> Bool {
    try await driver.purge()
  }

  private func lastOfEach(_ replacements: [DocumentReplacement]) -> [DocumentReplacement] {
    var positions: [Identifier: Int] = [:]
    var last: [DocumentReplacement] = []
    for replacement in replacements {
      if let position = positions[replacement.document.id] {
        last[position] = replacement
      } else {
        positions[replacement.document.id] = last.count
        last.append(replacement)
      }
    }
    return last
  }

  private func checked(
    _ replacement: DocumentReplacement, model: EmbeddingModelInfo
  ) throws -> DocumentReplacement {
    let document = replacement.document
    try check(document)
    var checked = replacement
    for (index, embedded) in replacement.chunks.enumerated() {
      guard embedded.chunk.documentID == document.id, embedded.chunk.category == document.category else {
        throw VectorStoreError.unusableDocument(
          id: document.id, reason: "the chunk \(embedded.id) is not one of its own")
      }
      checked.chunks[index] = try self.checked(embedded, model: model)
    }
    return checked
  }

  /// - Throws: ``VectorStoreError/unusableDocument(id:reason:)`` if the document cannot be stored.
  func check(_ document: CleanedDocument) throws {
    if let reason = document.reasonNotToStore {
      throw VectorStoreError.unusableDocument(id: document.id, reason: reason)
    }
  }

  /// The chunk with its vector at unit length.
  ///
  /// - Throws: ``VectorStoreError`` if the chunk cannot be stored among the vectors of `model`.
  func checked(_ embedded: EmbeddedChunk, model: EmbeddingModelInfo) throws -> EmbeddedChunk {
    if let reason = embedded.chunk.reasonNotToStore {
      throw VectorStoreError.unusableDocument(id: embedded.chunk.documentID, reason: reason)
    }
    guard embedded.model.makesSameVectors(as: model) else {
      throw VectorStoreError.modelMismatch(store: location, stored: model.name, given: embedded.model.name)
    }
    var checked = embedded
    checked.vector = try unitVector(
      embedded.vector, dimension: model.dimension, of: "the chunk \(embedded.id) of \(embedded.chunk.link)")
    return checked
  }
}

extension Identifier {
  /// Whether it has the form of a UUID, as Qdrant asks of a point's identifier.
  var isUUID: Bool {
    let bytes = Array(uuidString.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.indices.allSatisfy { index in
      switch bytes[index] {
      case UInt8(ascii: "-"): [8, 13, 18, 23].contains(index)
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        ![8, 13, 18, 23].contains(index)
      default: false
      }
    }
  }
}
