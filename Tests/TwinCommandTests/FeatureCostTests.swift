import Foundation
import TestSupport
import Testing

/// What a run of `features` costs: what changed, and what depends on it.
struct FeatureCostTests {
  private static let noteCount = 12
  private static let fixtures = packageRoot.appending(path: "Tests/EmbeddingTests/Fixtures")

  private let work: TemporaryFolder
  private let sample: SampleRun

  /// A dozen notes of two chunks each, and two small models.
  init() throws {
    work = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: work.path("models"), withIntermediateDirectories: true)
    for model in ["tiny-bert", "tiny-cls"] {
      try FileManager.default.copyItem(
        at: Self.fixtures.appending(path: model), to: URL(fileURLWithPath: work.path("models/\(model)")))
    }
    sample = try SampleRun(
      sources: [work.path("notes")],
      settings: "embedding: {model: tiny-bert}\nchunking: {size: 16, overlap: 0}\n")
    for number in 0..<Self.noteCount { try write(number) }
  }

  /// Both paragraphs are of words that the models have, so that one fills a chunk.
  private func write(_ number: Int, weaving what: String = "number", and other: String = "pattern") throws {
    try work.write(
      "Note \(number) of the engine.\n\nAda weaves \(what) \(number) and the \(other) by the engine.\n",
      to: "notes/\(number).md")
  }

  /// A run that did not end well.
  private struct Refused: Error {
    let result: CommandResult
  }

  /// What a run did.
  private struct Cost: Equatable {
    /// Documents that were made, left as they were, and deleted.
    var documents: [Int]
    /// Vectors that were there, and that the model made.
    var found: Int
    var made: Int
  }

  private func features(_ settings: [String: String] = [:]) async throws -> Cost {
    let settings = settings.merging(["TWIN_MODELS": work.path("models")]) { $1 }
    let etl = try await sample.twin("etl", environment: ["TWIN_MODELS": work.path("models")])
    try #require(etl.status == 0, "\(etl)")
    let result = try await sample.twin("features", "--json", environment: settings)
    guard result.status == 0 else { throw Refused(result: result) }
    let record = try #require(try result.json() as? [String: Any])
    let steps = try #require(record["steps"] as? [[String: Any]])
    func step(_ name: String) throws -> [String: Any] { try #require(steps.first { $0["name"] as? String == name }) }
    func items(_ name: String, _ count: String) throws -> Int {
      try #require((try step(name)["items"] as? [String: Any])?[count] as? Int)
    }
    let summary = try step("featureSummary")
    let metadata = try #require(
      (summary["metadata"] ?? (summary["artifact"] as? [String: Any])?["metadata"]) as? [String: Any], "\(summary)")
    let vectors = try #require(metadata["kept_vectors"] as? [String: Int], "\(metadata)")
    return Cost(
      documents: [
        try items("loadedDocuments", "computed"), try items("documentChanges", "cached"),
        try items("deletedDocuments", "deleted"),
      ], found: vectors["found"] ?? 0, made: vectors["made"] ?? 0)
  }

  @Test func `three documents that changed cost three, and one that is gone costs none`() async throws {
    let count = Self.noteCount
    #expect(try await features() == Cost(documents: [count, 0, 0], found: 0, made: 2 * count))
    #expect(try await features() == Cost(documents: [0, count, 0], found: 0, made: 0))
    for number in [2, 5, 7] { try write(number, weaving: "pattern", and: "number") }
    // Of each only the end was written anew.
    #expect(try await features() == Cost(documents: [3, count - 3, 0], found: 3, made: 3))
    try FileManager.default.removeItem(atPath: work.path("notes/4.md"))
    #expect(try await features() == Cost(documents: [0, count - 1, 1], found: 0, made: 0))
    let verified = try await sample.twin("vectors", "verify", environment: ["TWIN_MODELS": work.path("models")])
    #expect(verified.status == 0, "\(verified)")
  }

  @Test func `the line of progress has the documents, and how many chunks there are of them`() async throws {
    let environment = ["TWIN_MODELS": work.path("models")]
    #expect(try await sample.twin("etl", environment: environment).status == 0)
    let result = try await sample.twin("features", "--progress", "bar", environment: environment)
    let lines = result.error.split(separator: "\r").map(String.init)
    let last = try #require(lines.last { $0.contains("rawDocuments") }, "\(result)")
    #expect(last.contains(" \(Self.noteCount)/\(Self.noteCount), "), "\(last)")
    #expect(last.contains(", \(2 * Self.noteCount) chunks, ") && last.contains("/s"), "\(last)")
  }

  @Test func `another size of chunks makes the documents again, and only vectors that no run has made`() async throws {
    let count = Self.noteCount
    _ = try await features()
    let larger = try await features(["TWIN_CHUNKING_SIZE": "22"])
    #expect(larger == Cost(documents: [count, 0, 0], found: 0, made: count))
    // The vectors of the smaller chunks are still there.
    #expect(try await features() == Cost(documents: [count, 0, 0], found: 2 * count, made: 0))
  }

  @Test(arguments: [["TWIN_EMBEDDING_MODEL": "tiny-cls"], ["TWIN_EMBEDDING_PRECISION": "bf16"]])
  func `another model or precision makes every vector again, and the way back none`(_ settings: [String: String])
    async throws
  {
    let count = Self.noteCount
    _ = try await features()
    do {
      let other = try await features(settings)
      #expect(other == Cost(documents: [count, 0, 0], found: 0, made: 2 * count))
    } catch let refused as Refused {
      // A processor without this precision: the run must have said so, and left everything as it was.
      try #require(settings["TWIN_EMBEDDING_PRECISION"] != nil, "\(refused)")
      #expect(refused.result.status == 2 && refused.result.error.contains("bf16"), "\(refused)")
      #expect(try await features() == Cost(documents: [0, count, 0], found: 0, made: 0))
      return
    }
    #expect(try await features() == Cost(documents: [count, 0, 0], found: 2 * count, made: 0))
  }
}
