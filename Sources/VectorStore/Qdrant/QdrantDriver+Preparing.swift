import Domain
import Foundation
import HTTP

extension QdrantDriver {
  private var recordCollection: String { prefix + QdrantRecord.collection }

  func models() async throws -> [DataCategory: EmbeddingModelInfo] {
    let existing = try await existingCollections()
    let records = try await records(existing)
    var models: [DataCategory: EmbeddingModelInfo] = [:]
    for category in DataCategory.allCases {
      let names = names(category)
      guard existing.contains(names.cleaned), existing.contains(names.embedded) else { continue }
      models[category] = records[names.embedded]?.model
    }
    return models
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    let existing = try await existingCollections()
    let records = try await records(existing)
    for category in DataCategory.allCases { try await refuseForeign(names(category), existing, records) }
    if !existing.contains(recordCollection) { try await create(recordCollection, QdrantRequest.Create()) }
    var outcome = PreparationOutcome()
    for category in DataCategory.allCases {
      try await prepare(category, for: model, existing, records, &outcome)
    }
    return outcome
  }

  func drop() async throws {
    let existing = try await existingCollections()
    let records = try await records(existing)
    for category in DataCategory.allCases {
      let names = names(category)
      for name in [names.cleaned, names.embedded] where existing.contains(name) && records[name] != nil {
        try await drop(name)
      }
    }
    if existing.contains(recordCollection), try await isRecordCollection() { try await drop(recordCollection) }
  }

  /// Brings one category to the model. The cleaned documents, being the marks that chunks are there, go first and come
  /// last: an interruption at any point leaves a category that is remade the next time.
  private func prepare(
    _ category: DataCategory, for model: EmbeddingModelInfo, _ existing: Set<String>,
    _ records: [String: QdrantRecord], _ outcome: inout PreparationOutcome
  ) async throws {
    let names = names(category)
    let stored = records[names.embedded]?.model
    let isWhole = existing.contains(names.cleaned) && existing.contains(names.embedded)
    if isWhole, stored?.makesSameVectors(as: model) == true {
      return try await addMissingIndexes(names)
    }
    let isThere = existing.contains(names.cleaned) || existing.contains(names.embedded)
    for name in [names.cleaned, names.embedded] where existing.contains(name) { try await drop(name) }
    try await write([QdrantRecord(collection: names.cleaned), QdrantRecord(collection: names.embedded, model: model)])
    try await create(
      names.embedded,
      QdrantRequest.Create(vectors: ["dense": .init(size: model.dimension)], sparseVectors: ["bm25": .init()]))
    try await create(names.cleaned, QdrantRequest.Create())
    try await addMissingIndexes(names)
    if isThere {
      outcome.remade.append(category)
      outcome.previousModel = stored
    } else {
      outcome.made.append(category)
    }
  }

  private func refuseForeign(
    _ names: CollectionNames, _ existing: Set<String>, _ records: [String: QdrantRecord]
  ) async throws {
    for name in [names.cleaned, names.embedded] where existing.contains(name) {
      guard let record = records[name] else {
        throw VectorStoreError.foreignCollection(
          store: location, name: name, reason: "it is not recorded in \(recordCollection)")
      }
      let vectors = try await collection(name).namedVectors
      guard vectors?.mapValues(\.size) == record.model.map({ ["dense": $0.dimension] }) ?? [:] else {
        throw VectorStoreError.foreignCollection(
          store: location, name: name, reason: "its vectors are not those that twin makes")
      }
    }
    if existing.contains(recordCollection), try await !isRecordCollection() {
      throw VectorStoreError.foreignCollection(store: location, name: recordCollection, reason: "it has vectors")
    }
  }

  private func isRecordCollection() async throws -> Bool {
    try await collection(recordCollection).namedVectors?.isEmpty == true
  }

  /// The names of all collections of the server.
  func existingCollections() async throws -> Set<String> {
    let reply = try await connection.call(
      "list the collections", .get, "/collections", as: QdrantReply.Collections.self)
    return Set(reply.collections.map(\.name))
  }

  private func collection(_ name: String) async throws -> QdrantReply.Collection {
    try await connection.call("describe the collection \(name)", .get, "/collections/\(name)")
  }

  private func create(_ name: String, _ request: QdrantRequest.Create) async throws {
    do {
      let _: Bool = try await connection.call(
        "make the collection \(name)", .put, "/collections/\(name)", body: try QdrantRequest.body(request))
    } catch VectorStoreError.refused(_, _, 409, _) {
      // It is there already: a first attempt of this request whose answer was lost made it.
    }
  }

  private func drop(_ name: String) async throws {
    let _: Bool? = try await connection.callIfPresent(
      "drop the collection \(name)", .delete, "/collections/\(name)")
  }

  private func addMissingIndexes(_ names: CollectionNames) async throws {
    let fields = ["author_id", "platform", "link"]
    for (name, fields) in [(names.cleaned, fields), (names.embedded, fields + ["document_id"])] {
      let indexed = try await collection(name).payloadSchema ?? [:]
      for field in fields where indexed[field] == nil {
        _ = try await connection.call(
          "index \(field) of \(name)", .put, "/collections/\(name)/index?wait=true",
          body: try QdrantRequest.body(QdrantRequest.Index(field: field)), as: QdrantReply.Update.self)
      }
    }
  }

  private func write(_ records: [QdrantRecord]) async throws {
    let encoder = JSONEncoder.canonical
    try await upsert(
      records.map { try QdrantPoint.json(id: $0.id, payload: $0, encoder: encoder) }, into: recordCollection)
  }

  private func records(_ existing: Set<String>) async throws -> [String: QdrantRecord] {
    guard existing.contains(recordCollection) else { return [:] }
    let ids = DataCategory.allCases.flatMap { [names($0).cleaned, names($0).embedded] }.map {
      QdrantRecord(collection: $0).id
    }
    let request = QdrantRequest.Scroll(filter: QdrantFilter(must: [.hasID(ids)]), limit: ids.count)
    let reply = try await connection.call(
      "read which collections twin made", .post, "/collections/\(recordCollection)/points/scroll",
      body: try QdrantRequest.body(request), as: QdrantReply.Scroll<QdrantRecord>.self)
    return Dictionary(reply.points.map { ($0.payload.collection, $0.payload) }) { first, _ in first }
  }
}
