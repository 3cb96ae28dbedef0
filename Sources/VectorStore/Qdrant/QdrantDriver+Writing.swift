import Domain
import Foundation
import HTTP

extension QdrantDriver {
  /// The documents of one batch, at most.
  static let documentsPerBatch = 64

  func replace(_ replacements: [DocumentReplacement]) async throws -> StoredCounts {
    try await withThrowingTaskGroup(of: StoredCounts.self) { group in
      var counts = StoredCounts()
      for (index, batch) in batches(of: replacements).enumerated() {
        if index >= Self.batchesInFlight, let done = try await group.next() { counts += done }
        group.addTask { try await replace(batch: batch) }
      }
      for try await done in group { counts += done }
      return counts
    }
  }

  /// Nothing: Qdrant's optimizer does it by itself.
  func purge() async throws {}

  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    let names = names(category)
    var deleted = 0
    for start in stride(from: 0, to: ids.count, by: 256) {
      let batch = Array(ids[start..<min(start + 256, ids.count)])
      let marks = QdrantFilter(must: [.hasID(batch)])
      deleted += try await count(in: names.cleaned, marks)
      try await markIncomplete(marks, in: names.cleaned)
      try await delete(
        from: names.embedded, QdrantFilter(must: [.matchAny("document_id", batch.map(\.uuidString))]))
      try await delete(from: names.cleaned, marks)
    }
    return deleted
  }

  /// Stores a batch of one category. The documents are first stored as incomplete: after an interruption anywhere below
  /// the next run finds them so, whatever became of the originals meanwhile.
  private func replace(batch: ArraySlice<DocumentReplacement>) async throws -> StoredCounts {
    guard let category = batch.first?.document.category else { return StoredCounts() }
    let names = names(category)
    let encoder = JSONEncoder.canonical
    try await upsert(try batch.map { try point(of: $0.document.incomplete, encoder) }, into: names.cleaned)
    let chunks = batch.flatMap(\.chunks)
    try await upsert(try chunks.map { try QdrantPoint.json(of: $0, encoder: encoder) }, into: names.embedded)
    let stale = QdrantFilter(
      must: [.matchAny("document_id", batch.map(\.document.id.uuidString))], mustNot: [.hasID(chunks.map(\.id))])
    let deleted = try await count(in: names.embedded, stale)
    if deleted > 0 { try await delete(from: names.embedded, stale) }
    try await upsert(try batch.map { try point(of: $0.document, encoder) }, into: names.cleaned)
    return StoredCounts(chunksStored: chunks.count, chunksDeleted: deleted)
  }

  private func point(of document: CleanedDocument, _ encoder: JSONEncoder) throws -> [UInt8] {
    try QdrantPoint.json(id: document.id, payload: document, encoder: encoder)
  }

  private func markIncomplete(_ filter: QdrantFilter, in collection: String) async throws {
    let request = QdrantRequest.SetPayload(
      payload: [CleanedDocument.fingerprintKey: DocumentState.incomplete.hexadecimal], filter: filter)
    _ = try await connection.callIfPresent(
      "mark documents of \(collection)", .post, "/collections/\(collection)/points/payload?wait=true",
      body: try QdrantRequest.body(request), as: QdrantReply.Update.self)
  }

  /// Splits into batches of one category, of about as many bytes as a request may have.
  private func batches(of replacements: [DocumentReplacement]) -> [ArraySlice<DocumentReplacement>] {
    let sorted = replacements.sorted { $0.document.category < $1.document.category }
    var batches: [ArraySlice<DocumentReplacement>] = []
    var (start, length) = (0, 0)
    for (index, replacement) in sorted.enumerated() {
      let next = replacement.estimatedLength
      let isFull = index - start == Self.documentsPerBatch || length + next > QdrantPoint.maximumBodyLength
      if index > start, isFull || sorted[start].document.category != replacement.document.category {
        batches.append(sorted[start..<index])
        (start, length) = (index, 0)
      }
      length += next
    }
    if start < sorted.count { batches.append(sorted[start...]) }
    return batches
  }
}

extension CleanedDocument {
  /// The key of ``fingerprint`` in the stored JSON.
  fileprivate static var fingerprintKey: String { "fingerprint" }

  /// The document as it is stored while its chunks may not be all there.
  fileprivate var incomplete: CleanedDocument {
    var document = self
    document.fingerprint = DocumentState.incomplete
    return document
  }
}

extension DocumentReplacement {
  /// About how many bytes its points have as JSON: 11 for a component, 25 for a word's dimension and weight.
  fileprivate var estimatedLength: Int {
    chunks.reduce(document.text.utf8.count) { $0 + $1.vector.count * 11 + $1.chunk.text.utf8.count * 5 + 1000 }
  }
}
