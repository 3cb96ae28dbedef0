/// A document that is to be saved, and what to do about a stored one that it is matched with.
struct SaveRequest: Sendable {
  /// What is stored if there is nothing yet.
  let document: EncodedDocument
  /// Decides on a stored document (BSON) that has the key of this one, or else its identifier.
  let decide: @Sendable (UnsafeRawBufferPointer) -> SaveDecision
}

/// What becomes of a stored document.
enum SaveDecision: Sendable {
  /// It stays; the outcome is what is reported.
  case keep(SaveOutcome)
  /// It is replaced by this BSON, which has its identifier as it is stored.
  case replace([UInt8], SaveOutcome)
}
