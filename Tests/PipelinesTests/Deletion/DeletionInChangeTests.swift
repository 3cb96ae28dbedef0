import Dataflow
import Domain
import TestSupport
import Testing

@testable import Pipelines

/// Deletions while the vectors' model is being changed.
@Suite struct DeletionInChangeTests {
  let folder: TemporaryFolder
  let stores: Stores

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("# Looms\n\nWhat Ada thinks of looms.\n", to: "ada/looms.md")
    stores = try folder.stores("author: Ada Example\nsources: [ada]\nembedding: {model: hash}\n")
  }

  /// Documents of Ada by one model, and of Bob, who came later, by another one to which the change is not ended.
  private func fill() async throws -> VectorStore {
    let runner = PipelineRunner(stores)
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    for topic in ["mills", "sails"] { try folder.write("# \(topic)\n\nBob on \(topic).\n", to: "bob/\(topic).md") }
    let bob = try folder.stores("author: Bob Builder\nsources: [bob]\nembedding: {model: hash}\n", file: "bob.yaml")
    #expect(try await PipelineRunner(bob).run(.etl).status == .succeeded)
    let vectors = try await stores.vectors()
    let run = try await vectors.runFeatures(stores, RefusingEmbedder(refused: "thinks of looms"))
    #expect(run.record.status == .partial)
    #expect(try await vectors.pendingModel() == RefusingEmbedder.former)
    return vectors
  }

  private func made(_ vectors: VectorStore) async throws -> Set<Identifier> {
    Set(try await vectors.states(of: .articles, madeBy: RefusingEmbedder.former).keys)
  }

  @Test func `a person whom only the change knows goes, and does not come back with it`() async throws {
    let vectors = try await fill()
    #expect(try await made(vectors).count == 2)
    let preview = try await Deletion(stores).preview(.author("bob builder"))
    let report = try await Deletion(stores).perform(.author("bob builder"))
    #expect(preview.places == report.places)
    #expect(report.places.first { $0.place == "vectors" && $0.what == "document" }?.count == 2)
    #expect(report.places.first { $0.place == "vectors" && $0.what == "chunk" }?.count == 2)
    #expect(try await made(vectors).isEmpty)
    try await vectors.activate()
    #expect(try await vectors.search(SearchQuery(text: "Bob", mode: .keyword)).isEmpty)
  }

  @Test func `it is found by its name though the warehouse no longer has it`() async throws {
    let vectors = try await fill()
    let warehouse = try await stores.warehouse()
    let mine = try await warehouse.collection(.articles).all(.authorFullName == "Bob Builder").map(\.id)
    #expect(try await warehouse.delete(mine, in: .articles) == 2)
    try await warehouse.deleteUser(User(fullName: "Bob Builder").id)
    _ = try await Deletion(stores).perform(.author("Bob Builder"))
    #expect(try await made(vectors).isEmpty)
  }

  @Test func `a document goes by its link`() async throws {
    let vectors = try await fill()
    let links = try await stores.warehouse().collection(.articles).distinct(.link)
    let link = try #require(links.first { $0.hasSuffix("mills.md") })
    let report = try await Deletion(stores).perform(.link(link))
    #expect(report.places.first { $0.place == "vectors" && $0.what == "document" }?.count == 1)
    #expect(try await made(vectors).count == 1)
    // One of whom the model was changed is in both.
    let looms = try #require(links.first { $0.hasSuffix("looms.md") })
    let both = try await Deletion(stores).preview(.link(looms))
    #expect(both.places.first { $0.place == "vectors" && $0.what == "document" }?.count == 1)
  }

  @Test func `chunks without their document go with their author`() async throws {
    let vectors = try await fill()
    let ada = User(fullName: "Ada Example").id
    try await vectors.collection(CleanedDocument.self, of: .articles).delete(where: .author(ada))
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    #expect(report.places.first { $0.place == "vectors" && $0.what == "chunk" }?.count == 1)
    #expect(try await vectors.collection(EmbeddedChunk.self, of: .articles).count(where: .author(ada)) == 0)
  }
}
