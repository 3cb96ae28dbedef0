extension DocumentCollection {
  /// Some of the documents of one call.
  struct Part {
    var documents: [EncodedDocument] = []
    var originals: [D] = []
    fileprivate var places: [Int] = []
    /// Whether an earlier document of the call failed.
    fileprivate(set) var precededByFailure = false

    fileprivate var bytes = 0
  }

  /// How many documents are encoded and sent together.
  private static var maximumPartCount: Int { 1000 }
  /// The bytes of BSON after which a part is sent: with a document of the largest size it still is a message that every
  /// server takes (48 MB), and little memory.
  private static var maximumPartBytes: Int { 16 << 20 }

  /// Encodes documents and does something with some at a time, so that a call with many of them needs no more memory
  /// than one with few.
  ///
  /// - Parameters:
  ///   - failure: the outcome of a document that cannot be encoded.
  ///   - isFailure: whether an outcome counts for ``Part/precededByFailure``.
  /// - Returns: one outcome per document, in order.
  func inParts<Outcome>(
    of documents: [D], _ body: (Part) async throws -> [Outcome], failure: (WarehouseError) -> Outcome,
    isFailure: (Outcome) -> Bool
  ) async throws -> [Outcome] {
    var outcomes = [Outcome?](repeating: nil, count: documents.count)
    var part = Part()

    func send() async throws {
      guard !part.documents.isEmpty else { return }
      try Task.checkCancellation()
      for (place, outcome) in zip(part.places, try await body(part)) { outcomes[place] = outcome }
      let failed = part.places.contains { outcomes[$0].map(isFailure) ?? false }
      part = Part(precededByFailure: part.precededByFailure || failed)
    }

    for (place, document) in documents.enumerated() {
      do throws(WarehouseError) {
        let encoded = try encoded(document)
        part.documents.append(encoded)
        part.originals.append(document)
        part.places.append(place)
        part.bytes += encoded.bytes.count
      } catch {
        // In an ordered call those before it come first.
        try await send()
        let outcome = failure(error)
        outcomes[place] = outcome
        if isFailure(outcome) { part.precededByFailure = true }
        continue
      }
      if part.documents.count == Self.maximumPartCount || part.bytes >= Self.maximumPartBytes { try await send() }
    }
    try await send()
    return outcomes.compactMap(\.self)
  }
}
