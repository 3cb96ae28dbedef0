import Foundation
import TestSupport
import Testing

/// `configs/production.yaml` as it stands: the sample author through libmongoc and REST, on servers that speak the
/// protocols, or on real ones where `TWIN_TEST_MONGODB_URI` and `TWIN_TEST_QDRANT_URL` name them.
@Suite struct ProductionTests {
  @Test func `etl, features, dataset and search run on MongoDB and Qdrant, and again change nothing`() async throws {
    let own = ProcessInfo.processInfo.environment
    let mongo = own["TWIN_TEST_MONGODB_URI"] == nil ? try PeerServer("mongo_server.py") : nil
    let qdrant = own["TWIN_TEST_QDRANT_URL"] == nil ? try PeerServer("qdrant_server.py") : nil
    let folder = try TemporaryFolder()
    let database = "twin_test_\(UUID().uuidString.prefix(8).lowercased())"
    let environment = [
      "TWIN_MONGODB_URI": mongo.map { "mongodb://127.0.0.1:\($0.port)/\(database)" }
        ?? own["TWIN_TEST_MONGODB_URI", default: ""],
      "TWIN_QDRANT_URL": qdrant.map { "http://127.0.0.1:\($0.port)" } ?? own["TWIN_TEST_QDRANT_URL", default: ""],
      "TWIN_EMBEDDING_MODEL": "hash",
      "TWIN_RUNS": folder.path("runs"),
      "TWIN_CACHE_FOLDER": folder.path("cache"),
      "TWIN_DATASET_OUTPUT": folder.path("datasets"),
    ]
    let config = packageRoot.appending(path: "configs/production.yaml").path
    func twin(_ arguments: String...) async throws -> CommandResult {
      try await TwinCommandTests.twin(arguments + ["--config", config], environment: environment)
    }

    for command in ["etl", "features", "dataset"] {
      let result = try await twin(command, "--json")
      #expect(result.status == 0, "\(result)")
      #expect(result.output.contains("\"status\" : \"succeeded\""), "\(result)")
    }
    let search = try await twin("search", "what happens when a job runs twice?", "--json", "--limit", "3")
    #expect(search.status == 0, "\(search)")
    #expect(search.output.split(separator: "\n").count == 3)
    for command in ["etl", "features", "dataset"] {
      let again = try await twin(command, "--json")
      #expect(again.status == 0, "\(again)")
      #expect(again.output.contains("\"status\" : \"unchanged\""), "\(again)")
    }

    // The two kinds of store give the same sets.
    let embedded = try SampleRun()
    #expect(try await embedded.twin("run").status == 0)
    let name = "instruction/alpaca.train.jsonl"
    #expect(
      try String(contentsOfFile: folder.path("datasets/\(name)"), encoding: .utf8)
        == String(contentsOfFile: embedded.folder.path("data/datasets/\(name)"), encoding: .utf8))
    let doctor = try await twin("doctor")
    #expect(doctor.output.contains("MongoDB") && doctor.output.lowercased().contains("qdrant"), "\(doctor)")
  }
}
