/// What the documents of a migration are marked with.
///
/// The texts come from the vector store, and were cleaned when they came there. Where that was by what would clean them
/// now, the new mark is the one that `features` makes, which then finds nothing to do. Elsewhere it is one that `features`
/// never makes, so that it does those documents again, from what the warehouse has.
struct MigrationFingerprints: Sendable, Codable, Hashable {
  /// What `features` marks a document with that it makes with the new model.
  let current: ContentHash
  /// The same with the old model.
  let former: ContentHash

  init(cleaner: Cleaner, chunker: Chunker, from former: EmbeddingModelInfo, to model: EmbeddingModelInfo) {
    current = featureFingerprint(cleaner: cleaner, chunker: chunker, model: model)
    self.former = featureFingerprint(cleaner: cleaner, chunker: chunker, model: former)
  }

  /// The mark of a document of the old model, once it is made with the new one.
  func migrated(_ document: CleanedDocument) -> ContentHash {
    if document.fingerprint == former { return current }
    return ContentHash(ofParts: ["migrated", document.fingerprint.hexadecimal, current.hexadecimal])
  }

  /// Whether a document of the old model is made with the new one already, by a migration or by `features`.
  ///
  /// One that was made from another version of the text is not: which of both is the later one is not known, but this is
  /// what searches find.
  func isMade(_ document: CleanedDocument, as state: DocumentState?) -> Bool {
    guard let state, state.inputHash == document.inputHash else { return false }
    return state.fingerprint == current || state.fingerprint == migrated(document)
  }
}
