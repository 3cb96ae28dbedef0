import Dataset
import Domain
import Foundation
import HTTP
import TestSupport
import Testing

/// Pushes to a hub that checks every step.
struct HubPushTests {
  private let folder: TemporaryFolder
  private let server: PeerServer

  init() throws {
    folder = try TemporaryFolder()
    server = try PeerServer("hub_push_server.py", arguments: [folder.url.path])
  }

  private func settings(_ changes: [String: Any] = [:]) throws {
    let told = ["token": "hf_secret", "large": [".parquet"]].merging(changes) { $1 }
    try JSONSerialization.data(withJSONObject: told).write(to: folder.url.appending(path: "settings.json"))
  }

  private func plan() throws -> HubPushPlan {
    let documents = [
      document(article), document(article.replacing("ngine", with: "otor"), link: "https://example.org/2"),
    ]
    let outcomes = documents.flatMap { extracts(of: $0) }.map(ExtractiveGenerator().samples)
    var set = try buildDataset(from: outcomes.map { gated($0, by: GateSettings()) }, settings: DatasetSettings())
    set.rejected.append(Rejection(try #require(set.train.first), Finding("personal_data", "a mail address")))
    let output = folder.path("sets")
    _ = try DatasetWriter(output: output, formats: [.alpaca, .parquet]).write(set)
    let written = try WrittenDataset(folder: URL(fileURLWithPath: output).appending(path: "instruction"))
    return try HubPushPlan(
      written, to: HubDestination(repository: "ada/engines", endpoint: "http://127.0.0.1:\(server.port)"))
  }

  private func push(_ plan: HubPushPlan, token: String = "hf_secret") async throws -> HubPush.Report {
    var limits = HTTPClientConfiguration()
    limits.maximumAttempts = 1
    return try await HubPush(plan, token: token, client: HTTPClient(configuration: limits)).perform()
  }

  private func log() throws -> [[String: Any]] {
    try String(contentsOfFile: folder.path("log"), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func expectRepository(of plan: HubPushPlan, besides ignored: [String] = []) throws {
    let names = plan.files.map(\.path).filter { !ignored.contains($0) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("repository")).sorted() == names.sorted())
    for name in names {
      let sent = FileManager.default.contents(atPath: folder.path("repository/\(name)"))
      #expect(sent != nil && sent == FileManager.default.contents(atPath: plan.folder + "/" + name), "\(name)")
    }
    let faults = try log().compactMap { $0["fault"] as? String }
    #expect(faults.isEmpty, "\(faults)")
  }

  @Test(arguments: [0, 1000, 100_000])
  func `every file arrives byte for byte, in the commit, whole or in parts`(partSize: Int) async throws {
    try settings(["part_size": partSize])
    let plan = try plan()
    #expect(plan.files.contains { $0.path == "train.parquet" && $0.bytes > 3000 })
    #expect(!plan.files.contains { $0.path == "rejected.jsonl" })
    let report = try await push(plan)
    #expect(report.commit == "c0ffee" && report.files == plan.files.count && report.deleted.isEmpty)
    #expect(report.stored == plan.files.count { $0.path.hasSuffix(".parquet") })
    try expectRepository(of: plan)
    // What the storage has is not sent again.
    #expect(try await push(plan).stored == 0)
  }

  @Test func `what an earlier push left is deleted, other files and what is ignored are let alone`() async throws {
    try settings(["existing": ["messages.train.jsonl", "notes.md", "README.md"], "ignore": ["dataset.json"]])
    let plan = try plan()
    let report = try await push(plan)
    #expect(report.deleted == ["messages.train.jsonl"] && report.files == plan.files.count - 1)
    try expectRepository(of: plan, besides: ["dataset.json"])
  }

  @Test(arguments: ["create", "preupload", "batch", "put", "complete", "verify", "commit"])
  func `a step that is refused is named with the server's reason, and never with the token`(step: String) async throws {
    try settings(["fail": step, "status": 403, "part_size": step == "complete" ? 1000 : 0])
    let plan = try plan()
    let error = await #expect(throws: DatasetError.self) { try await push(plan) }
    let text = try #require(error?.description)
    #expect(text.contains("ada/engines") && text.contains("status 403") && text.contains("HF_TOKEN"), "\(text)")
    #expect(!text.contains("hf_secret"), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("repository")))
  }

  @Test func `a wrong token is told as such`() async throws {
    try settings()
    let plan = try plan()
    let error = await #expect(throws: DatasetError.self) { try await push(plan, token: "hf_other") }
    #expect(error?.description.contains("making the repository failed") == true)
  }

  @Test(arguments: ["engines", "ada/", "/engines", "ada/en gines", "ada/../x", "a/b/c", "ada/-x", ""])
  func `what is no repository is refused`(name: String) {
    #expect(throws: DatasetError.self) { try HubDestination(repository: name) }
  }
}
