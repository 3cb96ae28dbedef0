import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Changes of the model from what the vector store holds.
@Suite struct MigrationTests {
  let folder: TemporaryFolder
  let runner: PipelineRunner

  init() throws {
    folder = try TemporaryFolder()
    for name in ["one", "two", "three"] {
      try folder.write("# \(name)\n\nWhat I think of \(name).\n", to: "notes/\(name).md")
    }
    let path = try folder.write(
      "author: Ada Example\nsources: [notes]\nembedding: {model: hash}\n", to: "twin.yaml")
    runner = PipelineRunner(Stores(try Configuration(path: path, environment: [:])))
  }

  private var configuration: Configuration { runner.stores.configuration }

  private func pipeline(
    _ vectors: VectorStore, _ embedder: any Embedder, leavesOutFailed: Bool = false
  ) throws -> MigrationPipeline {
    MigrationPipeline(
      vectors: vectors, cleaner: Cleaner(configuration), chunker: try Chunker(configuration, embedder: embedder),
      embedder: embedder, leavesOutFailed: leavesOutFailed)
  }

  private func run(_ pipeline: MigrationPipeline) async throws -> GraphRun {
    try await Graph(pipeline).run(
      ["migrationSummary"], inputs: MigrationPipeline.Inputs().values, options: RunOptions())
  }

  /// Fills the store with the sample documents by the former model, which a run of the features does not have.
  private func fill() async throws -> VectorStore {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    let vectors = try await runner.stores.vectors()
    let run = try await run(try pipeline(vectors, RefusingEmbedder()))
    #expect(run.record.status == .succeeded, "\(run.record.failures)")
    #expect(try await vectors.models()[.articles] == RefusingEmbedder.former)
    return vectors
  }

  private func fingerprints(_ vectors: VectorStore) async throws -> Set<ContentHash> {
    var all: Set<ContentHash> = []
    for category in DataCategory.allCases {
      all.formUnion(try await vectors.states(of: category).values.map(\.fingerprint))
    }
    return all
  }

  @Test func `a store is embedded anew, and a run of the features then has nothing to do`() async throws {
    let vectors = try await fill()
    let record = try await runner.migrateVectors()
    #expect(record.status == .succeeded && record.pipeline == "vectors.migrate", "\(record.failures)")
    #expect(try await vectors.models()[.articles] == HashEmbedder().model)
    #expect(try await vectors.pendingModel() == nil)
    #expect(try await vectors.verify(.contents).isSound)
    #expect(try await runner.run(.features).status == .unchanged)
    #expect(try await runner.migrateVectors().status == .unchanged)
    #expect(configuration.runStore.list(pipeline: "vectors.migrate").runs.count == 2)
  }

  @Test func `documents that other rules cleaned are made again by the next run of the features`() async throws {
    let vectors = try await fill()
    let articles = vectors.collection(CleanedDocument.self, of: .articles)
    var some: [CleanedDocument] = []
    for try await document in articles.documents() { some.append(document) }
    some[0].fingerprint = ContentHash(of: "other rules")
    try await articles.upsert([some[0]])
    #expect(try await runner.migrateVectors().status == .succeeded)
    #expect(try await fingerprints(vectors).count == 2)
    let features = try await runner.run(.features)
    #expect(features.steps.first { $0.name == "changedDocuments" }?.items.computed == 1)
    #expect(try await fingerprints(vectors).count == 1)
  }

  @Test func `a document that cannot be embedded keeps the old vectors in place, until it is left out`() async throws {
    let vectors = try await fill()
    let new = EmbeddingModelInfo(name: "new", digest: "1", dimension: 384, maximumTokens: 512)
    let refused = try await run(try pipeline(vectors, RefusingEmbedder(new, refused: "think of two")))
    #expect(refused.record.status == .partial && refused.record.failures.count == 1)
    #expect(try await vectors.models()[.articles] == RefusingEmbedder.former)
    #expect(try await vectors.pendingModel() == new)
    #expect(try await vectors.missingInChange().values.flatMap { $0 }.count == 1)
    let again = try await run(
      try pipeline(vectors, RefusingEmbedder(new, refused: "think of two"), leavesOutFailed: true))
    #expect(again.record.status == .partial)
    // What the first one had made is not made again.
    #expect(again.record.steps.first { $0.name == "remainingDocuments" }?.items.computed == 1)
    #expect(try await vectors.models()[.articles] == new)
    #expect(try await vectors.verify(.contents).isSound)
  }

  @Test func `an interrupted migration is gone on with, and puts the new vectors into place`() async throws {
    let vectors = try await fill()
    let new = EmbeddingModelInfo(name: "new", digest: "1", dimension: 384, maximumTokens: 512)
    let first = try await run(try pipeline(vectors, RefusingEmbedder(new, refused: "think of one")))
    #expect(first.record.status == .partial)
    let second = try await run(try pipeline(vectors, RefusingEmbedder(new)))
    #expect(second.record.status == .succeeded, "\(second.record.failures)")
    #expect(second.record.steps.first { $0.name == "remainingDocuments" }?.items.cached == 2)
    #expect(try await vectors.models()[.articles] == new)
    #expect(try await vectors.verify(.contents).isSound)
  }

  @Test func `a store without documents is not migrated, and one that is not there is not made`() async throws {
    await #expect(throws: VectorStoreError.self) { try await runner.migrateVectors() }
    #expect(!FileManager.default.fileExists(atPath: folder.path("data/twin.sqlite")))
    #expect(try await runner.run(.etl).status == .succeeded)
    await #expect(throws: PipelineError.self) { try await runner.migrateVectors() }
  }

  @Test func `the vector store is compared with the warehouse`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    let before = try await runner.verifyVectors(.contents)
    #expect(before.isSound && before.warehouse?.missing.count == 3)
    #expect(try await runner.run(.features).status == .succeeded)
    #expect(try await runner.verifyVectors(.contents).warehouse?.isSame == true)
    try folder.write("# one\n\nI changed my mind.\n", to: "notes/one.md")
    try FileManager.default.removeItem(atPath: folder.path("notes/two.md"))
    #expect(try await runner.run(.etl).status == .succeeded)
    let after = try #require(try await runner.verifyVectors(.references).warehouse)
    #expect(after.changed.count == 1 && after.missing.count == 0 && after.leftOver.count == 0, "\(after)")
    #expect(after.gone.count == 1, "\(after)")
    #expect(try await runner.run(.features).status == .succeeded)
    #expect(try await runner.verifyVectors(.contents).warehouse?.isSame == true)
  }

  @Test func `nothing is dropped or mended while a run of the features goes on`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    try await runner.lock(of: "features").hold { () async throws -> Void in
      await #expect(throws: DataflowError.self) { try await runner.dropVectors() }
      await #expect(throws: DataflowError.self) { try await runner.verifyVectors(.references, mends: true) }
      await #expect(throws: DataflowError.self) { try await runner.migrateVectors() }
      #expect(try await runner.verifyVectors(.references).isSound)
    }
    try await runner.dropVectors(of: [.articles])
    #expect(try await runner.verifyVectors(.contents).store.documents == 0)
    #expect(try await runner.run(.features).status == .succeeded)
    try await runner.dropVectors()
    #expect(try await runner.stores.vectors().models().isEmpty)
  }
}
