import Domain
import Foundation
import HTTP

extension QdrantDriver {
  /// The documents of one batch, at most.
  static let documentsPerBatch = 64
  /// The points that one request names, at most.
  static let pointsPerRequest = 1000

  func replace(_ replacements: [DocumentReplacement], in generation: Generation) async throws -> StoredCounts {
    try await withThrowingTaskGroup(of: StoredCounts.self) { group in
      var counts = StoredCounts()
      for (index, batch) in batches(of: replacements).enumerated() {
        if index >= Self.batchesInFlight, let done = try await group.next() { counts += done }
        group.addTask { try await replace(batch: batch, in: generation) }
      }
      for try await done in group { counts += done }
      return counts
    }
  }

  func upsert<Document: VectorDocument>(_ documents: [Document], into collection: CollectionReference) async throws {
    let encoder = JSONEncoder.qdrant
    let points = try documents.map { document in
      if let chunk = document as? EmbeddedChunk { return try QdrantPoint.json(of: chunk, encoder: encoder) }
      return try QdrantPoint.json(id: document.id, payload: document, encoder: encoder)
    }
    try await upsert(points, into: name(of: collection))
  }

  func delete(where filter: VectorFilter, from collection: CollectionReference) async throws -> Int {
    let name = name(of: collection)
    let filter = QdrantFilter(filter, collection.kind)
    if collection.kind == .cleaned {
      let count = try await count(in: name, filter)
      if count > 0 { try await delete(from: name, filter) }
      return count
    }
    // All of them are found before the first is deleted: that may change what passes the filter.
    let ids = try await identifiers(in: name, filter)
    try await deleteChunks(ids, of: collection.category, collection.generation)
    return ids.count
  }

  func link(_ links: [DuplicateLink], in collection: CollectionReference) async throws {
    let name = name(of: collection)
    for start in stride(from: 0, to: links.count, by: Self.pointsPerRequest) {
      let batch = links[start..<min(start + Self.pointsPerRequest, links.count)]
      // By a filter, which passes over points that are gone; named as points, they would be refused, and what follows
      // in the batch would not be done.
      let last = Dictionary(batch.map { ($0.id, $0.duplicateOf) }) { $1 }
      let operations = Dictionary(grouping: last.keys) { last[$0] ?? nil }.map { duplicateOf, ids in
        QdrantRequest.Operation.setPayload(
          QdrantRequest.SetPayload(
            payload: LinkPayload(duplicateOf: duplicateOf), filter: QdrantFilter(must: [.isOne(of: ids)])))
      }
      try await connection.updatesIfPresent(
        "note duplicates in \(name)", .post, "/collections/\(name)/points/batch?wait=true",
        body: try QdrantRequest.body(QdrantRequest.Batch(operations: operations)))
    }
  }

  func unlink(_ ids: [Identifier], in collection: CollectionReference) async throws {
    let name = name(of: collection)
    // Qdrant's description wants each once.
    let ids = Set(ids).sorted()
    for start in stride(from: 0, to: ids.count, by: Self.pointsPerRequest) {
      let batch = Array(ids[start..<min(start + Self.pointsPerRequest, ids.count)])
      let request = QdrantRequest.DeletePayload(keys: LinkPayload.keys, filter: QdrantFilter(must: [.hasID(batch)]))
      try await connection.updateIfPresent(
        "unlink duplicates in \(name)", .post, "/collections/\(name)/points/payload/delete?wait=true",
        body: try QdrantRequest.body(request))
    }
  }

  /// Nothing: Qdrant's optimizer does it by itself.
  func purge() async throws -> Bool { true }

  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    // Most of the time nothing is pending: one question saves several for each batch.
    let catalog = try await catalog()
    var deleted = 0
    for generation in [Generation.pending, .active]
    where catalog.names(of: category, generation).contains(where: { catalog.collection($0) != nil }) {
      deleted = try await delete(documents: ids, in: category, generation)
    }
    return deleted
  }

  private func delete(
    documents ids: [Identifier], in category: DataCategory, _ generation: Generation
  ) async throws -> Int {
    let names = names(category, generation)
    var deleted = 0
    for start in stride(from: 0, to: ids.count, by: 256) {
      let batch = Array(ids[start..<min(start + 256, ids.count)])
      let marks = QdrantFilter(must: [.hasID(batch)])
      deleted += try await count(in: names.cleaned, marks)
      try await markIncomplete(marks, in: names.cleaned)
      let chunks = QdrantFilter(must: [.matchAny("document_id", batch.map(\.uuidString))])
      try await deleteChunks(try await identifiers(in: names.embedded, chunks), of: category, generation)
      try await delete(from: names.cleaned, marks)
    }
    return deleted
  }

  /// Deletes chunks; those that they stand for, of whatever category, are unlinked before, so that none ever names one that
  /// is not there.
  private func deleteChunks(
    _ ids: [Identifier], of category: DataCategory, _ generation: Generation
  ) async throws {
    for start in stride(from: 0, to: ids.count, by: Self.pointsPerRequest) {
      let batch = Array(ids[start..<min(start + Self.pointsPerRequest, ids.count)])
      let request = QdrantRequest.DeletePayload(
        keys: LinkPayload.keys, filter: QdrantFilter(must: [.matchAny("duplicate_of", batch.map(\.uuidString))]))
      for other in DataCategory.allCases {
        let collection = names(other, generation).embedded
        try await connection.updateIfPresent(
          "unlink duplicates in \(collection)", .post, "/collections/\(collection)/points/payload/delete?wait=true",
          body: try QdrantRequest.body(request))
      }
      try await delete(batch, from: names(category, generation).embedded)
    }
  }

  /// Stores a batch of one category. The documents are first stored as incomplete: after an interruption anywhere below
  /// the next run finds them so, whatever became of the originals meanwhile.
  private func replace(
    batch: ArraySlice<DocumentReplacement>, in generation: Generation
  ) async throws -> StoredCounts {
    guard let category = batch.first?.document.category else { return StoredCounts() }
    let names = names(category, generation)
    let encoder = JSONEncoder.qdrant
    try await upsert(try batch.map { try point(of: $0.document.incomplete, encoder) }, into: names.cleaned)
    let chunks = batch.flatMap(\.chunks)
    try await upsert(try chunks.map { try QdrantPoint.json(of: $0, encoder: encoder) }, into: names.embedded)
    let stale = try await identifiers(
      in: names.embedded,
      QdrantFilter(
        must: [.matchAny("document_id", batch.map(\.document.id.uuidString))], mustNot: [.hasID(chunks.map(\.id))]))
    try await deleteChunks(stale, of: category, generation)
    try await upsert(try batch.map { try point(of: $0.document, encoder) }, into: names.cleaned)
    return StoredCounts(chunksStored: chunks.count, chunksDeleted: stale.count)
  }

  private func point(of document: CleanedDocument, _ encoder: JSONEncoder) throws -> [UInt8] {
    try QdrantPoint.json(id: document.id, payload: document, encoder: encoder)
  }

  private func markIncomplete(_ filter: QdrantFilter, in collection: String) async throws {
    let request = QdrantRequest.SetPayload(
      payload: [CleanedDocument.fingerprintKey: DocumentState.incomplete.hexadecimal], filter: filter)
    try await connection.updateIfPresent(
      "mark documents of \(collection)", .post, "/collections/\(collection)/points/payload?wait=true",
      body: try QdrantRequest.body(request))
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

/// The part of a chunk's payload that says whether it is a duplicate, and of which.
private struct LinkPayload: Encodable {
  static let keys = [CodingKeys.isDuplicate, .duplicateOf].map(\.rawValue)

  var duplicateOf: Identifier?

  enum CodingKeys: String, CodingKey {
    case duplicateOf = "duplicate_of"
    case isDuplicate = "is_duplicate"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    // A null takes the place of what is there; a key that is left out would leave it.
    try container.encode(duplicateOf, forKey: .duplicateOf)
    try container.encode(duplicateOf != nil, forKey: .isDuplicate)
  }
}

extension DocumentReplacement {
  /// About how many bytes its points have as JSON: 11 for a component, 25 for a word's dimension and weight.
  fileprivate var estimatedLength: Int {
    chunks.reduce(document.text.utf8.count) { $0 + $1.vector.count * 11 + $1.chunk.text.utf8.count * 5 + 1000 }
  }
}
