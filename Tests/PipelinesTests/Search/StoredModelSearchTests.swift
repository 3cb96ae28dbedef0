import Foundation
import Pipelines
import TestSupport
import Testing

/// Searches in stores whose vectors are not of the configured model, and in such as are not there.
@Suite struct StoredModelSearchTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("# Ferries\n\nThe old ferry was rowed over the river.\n", to: "notes/ferry.md")
  }

  private func stores(_ model: String, settings: String = "") throws -> Stores {
    try folder.stores("author: Ada Example\nsources: [notes]\nembedding: {model: \(model)}\n\(settings)")
  }

  private func request(_ stores: Stores, _ mode: SearchQuery.Mode) -> SearchRequest {
    var request = SearchRequest("who rowed the ferry?", as: stores.configuration)
    request.mode = mode
    return request
  }

  @Test(arguments: [SearchQuery.Mode.dense, .hybrid])
  func `questions are embedded by the model that made the vectors`(mode: SearchQuery.Mode) async throws {
    let hash = try stores("hash")
    #expect(try await PipelineRunner(hash).run(.etl).status == .succeeded)
    #expect(try await PipelineRunner(hash).run(.features).status == .succeeded)
    let expected = try await hash.search(request(hash, mode))
    #expect(expected.count == 1)
    // The configuration is a change ahead of the store; its own model need not even be installed.
    let ahead = try stores("all-MiniLM-L6-v2")
    #expect(try await ahead.search(request(ahead, mode)) == expected)
    #expect(try await ahead.searchDocuments(request(ahead, mode)).count == 1)
    let evaluation = try await ahead.evaluate(
      [LabelledQuery(text: "ferry", relevant: ["ferry.md": 1])], as: request(ahead, mode))
    #expect(evaluation.model == "hash")
  }

  @Test func `a model that is not to be had is named, and words are found all the same`() async throws {
    let hash = try stores("hash")
    #expect(try await PipelineRunner(hash).run(.etl).status == .succeeded)
    let vectors = try await hash.vectors()
    #expect(try await vectors.runFeatures(hash, RefusingEmbedder()).record.status == .succeeded)
    let error = await #expect(throws: PipelineError.self) { try await hash.search(request(hash, .dense)) }
    #expect(error?.description.contains("were made by former") == true, "\(String(describing: error))")
    #expect(try await hash.search(request(hash, .keyword)).count == 1)

    let other = EmbeddingModelInfo(name: "hash", digest: "other", dimension: 384, maximumTokens: 512)
    try await vectors.drop()
    #expect(try await vectors.runFeatures(hash, RefusingEmbedder(other)).record.status == .succeeded)
    let version = await #expect(throws: PipelineError.self) { try await hash.search(request(hash, .dense)) }
    #expect(version?.description.contains("another version") == true, "\(String(describing: version))")
  }

  @Test func `a store that is not there is not made`() async throws {
    let stores = try stores("hash", settings: "vectors: sqlite:gone.sqlite\nwarehouse: sqlite:away.sqlite\n")
    await #expect(throws: VectorStoreError.self) { try await stores.search(request(stores, .keyword)) }
    await #expect(throws: VectorStoreError.self) { try await stores.evaluate([], as: request(stores, .keyword)) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("gone.sqlite")))

    _ = try await stores.vectors()
    var byName = request(stores, .keyword)
    byName.authorNames = ["Ada Example"]
    await #expect(throws: (any Error).self) { try await stores.search(byName) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("away.sqlite")))
  }
}
