/// What code and parameters make of a document when they clean, cut and embed it.
func featureFingerprint(cleaner: Cleaner, chunker: Chunker, model: EmbeddingModelInfo) -> ContentHash {
  let code = CodeVersion.source("", names: ["Cleaner", "Chunker"], reachesAll: false, in: moduleSources)
  return ContentHash(ofParts: [cleaner.fingerprint, chunker.fingerprint, model.name, model.digest, code.text])
}
