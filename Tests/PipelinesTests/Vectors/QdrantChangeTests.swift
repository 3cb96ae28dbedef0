import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Changes of what a Qdrant server holds.
@Suite(.serialized) struct QdrantChangeTests {
  let folder: TemporaryFolder
  let server: PeerServer
  let runner: PipelineRunner
  private var stores: Stores { runner.stores }
  private var url: String { "http://127.0.0.1:\(server.port)" }

  init() throws {
    folder = try TemporaryFolder()
    server = try PeerServer("qdrant_server.py")
    for name in ["one", "two", "three"] {
      try folder.write("# \(name)\n\nWhat I think of \(name).\n", to: "notes/\(name).md")
    }
    runner = PipelineRunner(
      try folder.stores(
        """
        author: Ada Example
        sources: [notes]
        vectors: http://127.0.0.1:\(server.port)
        embedding: {model: hash}
        """))
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> String {
    let response = try await stores.http.send(
      HTTPRequest(
        method, url + path, headers: ["Content-Type": "application/json"], body: body.map { Array($0.utf8) },
        trust: .configured))
    let text = String(decoding: response.body, as: UTF8.self)
    #expect(response.status == 200, "\(text)")
    return text
  }

  /// Removes what searches read, as an activation does over collections of the first version.
  private func removeActive() async throws {
    struct Reply: Decodable {
      struct Result: Decodable { var aliases: [Alias] }
      struct Alias: Decodable {
        var alias_name: String
        var collection_name: String
      }
      var result: Result
    }
    let reply = try JSONDecoder().decode(Reply.self, from: Data(try await send(.get, "/aliases").utf8))
    for alias in reply.result.aliases where !alias.alias_name.hasSuffix("-pending") {
      _ = try await send(.delete, "/collections/\(alias.collection_name)")
    }
  }

  /// A store whose change to the hash model broke off in the middle of its end.
  private func breakOff() async throws -> VectorStore {
    #expect(try await runner.run(.etl).status == .succeeded)
    let vectors = try await stores.vectors()
    #expect(try await vectors.runFeatures(stores, RefusingEmbedder()).record.status == .succeeded)
    let hash = RefusingEmbedder(HashEmbedder().model, refused: "think of two")
    #expect(try await vectors.runFeatures(stores, hash).record.status == .partial)
    #expect(try await vectors.pendingModel() == HashEmbedder().model)
    try await removeActive()
    return vectors
  }

  @Test func `a migration completes a change that broke off when it was put into place`() async throws {
    let vectors = try await breakOff()
    let record = try await runner.migrateVectors()
    #expect(record.status == .succeeded || record.status == .unchanged, "\(record.failures)")
    #expect(try await vectors.models()[.articles] == HashEmbedder().model)
    #expect(try await vectors.states(of: .articles).count == 2)
    #expect(try await vectors.collection(EmbeddedChunk.self, of: .articles).count(where: .isUnlinked) == 0)
  }

  @Test func `a change that stays is not said to be given up`() async throws {
    let vectors = try await breakOff()
    let given: EmbeddingModelInfo?
    do { given = try await runner.dropPendingVectors() } catch PipelineError.changeStays { given = nil }
    #expect(try await (vectors.pendingModel() == nil) == (given != nil))
  }

  @Test func `what the first version stored is made anew in one run, but for what is gone`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    let vectors = try await stores.vectors()
    var documents: [CleanedDocument] = []
    for try await document in vectors.cleanedDocuments(in: .articles) { documents.append(document) }
    var gone = try #require(documents.first)
    gone.id = Identifier("document", ["gone"])
    try await vectors.drop()
    try await storeEarlier(documents + [gone])

    let plan = try await runner.preview(.features)
    #expect(plan.steps.first { $0.name == "changedDocuments" }?.items.computed == 3)
    let record = try await runner.run(.features)
    #expect(record.status == .succeeded, "\(record.failures)")
    #expect(record.noted("changed") == .integer(3) && record.noted("gone") == .integer(1))
    #expect(try await vectors.pendingModel() == nil)
    #expect(try await vectors.states(of: .articles).count == 3)
    #expect(try await vectors.verify(.contents).isSound)
    #expect(try await runner.run(.features).status == .unchanged)
  }

  @Test func `what the first version stored is migrated`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    let vectors = try await stores.vectors()
    var documents: [CleanedDocument] = []
    for try await document in vectors.cleanedDocuments(in: .articles) { documents.append(document) }
    try await vectors.drop()
    try await storeEarlier(documents)
    let record = try await runner.migrateVectors()
    #expect(record.status == .succeeded, "\(record.failures)")
    #expect(record.noted("changes_form", of: "migrationSummary") == .bool(true))
    #expect(try await vectors.verify(.contents).isSound)
    #expect(try await runner.run(.features).status == .unchanged)
  }

  @Test func `a migration whose server is gone ends with one failure, and is gone on with`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    let vectors = try await stores.vectors()
    #expect(try await vectors.runFeatures(stores, RefusingEmbedder()).record.status == .succeeded)
    try await vectors.prepare(for: HashEmbedder().model)
    _ = try await send(.post, "/test/fault", #"{"kind":"gone","after":1,"count":1}"#)
    let failed = try await runner.migrateVectors()
    _ = try await send(.post, "/test/fault", #"{"kind":"drop","after":0,"count":0}"#)
    #expect(failed.status == .failed)
    #expect(failed.failures.map(\.step) == ["loadedDocuments"] && failed.failures.map(\.item) == [nil])
    #expect(failed.failures.first?.error.hasPrefix("cannot reach Qdrant at") == true, "\(failed.failures)")
    #expect(try await vectors.models()[.articles] == RefusingEmbedder.former)
    let record = try await runner.migrateVectors()
    #expect(record.status == .succeeded, "\(record.failures)")
    #expect(try await vectors.models()[.articles] == HashEmbedder().model)
    let report = try await vectors.verify(.contents)
    #expect(report.isSound && report.documents == 3 && report.chunks == 3)
    #expect(try await runner.run(.features).status == .unchanged)
  }

  /// Stores documents as the first version did: collections of plain names, and records without the form's number.
  private func storeEarlier(_ documents: [CleanedDocument]) async throws {
    struct Point<Payload: Encodable>: Encodable {
      var id: Identifier
      var vector: [String: [Float]] = [:]
      var payload: Payload
    }
    struct Record: Encodable {
      var collection: String
      var model: EmbeddingModelInfo?
    }
    func store<Payload>(_ points: [Point<Payload>], in collection: String) async throws {
      let body = String(decoding: try JSONEncoder().encode(["points": points]), as: UTF8.self)
      _ = try await send(.put, "/collections/\(collection)/points?wait=true", body)
    }
    _ = try await send(.put, "/collections/twin_collections", #"{"vectors":{}}"#)
    for category in DataCategory.allCases {
      let (cleaned, embedded) = ("cleaned_\(category.rawValue)", "embedded_\(category.rawValue)")
      _ = try await send(.put, "/collections/\(cleaned)", #"{"vectors":{}}"#)
      _ = try await send(
        .put, "/collections/\(embedded)",
        #"{"vectors":{"dense":{"size":384,"distance":"Cosine"}},"sparse_vectors":{"bm25":{"modifier":"idf"}}}"#)
      for collection in [cleaned, embedded] {
        _ = try await send(
          .put, "/collections/\(collection)/index?wait=true",
          #"{"field_name":"author_id","field_schema":"keyword"}"#)
      }
      let records = [Record(collection: cleaned), Record(collection: embedded, model: HashEmbedder().model)]
      try await store(
        records.map { Point(id: Identifier("collection", [$0.collection]), payload: $0) }, in: "twin_collections")
    }
    try await store(documents.map { Point(id: $0.id, payload: $0) }, in: "cleaned_articles")
  }
}
