import Foundation
import TestSupport
import Testing

/// A run of `features` that is killed at any moment goes on at the next one: nothing twice, nothing left over.
struct KilledFeaturesTests {
  private static let noteCount = 300

  /// A warehouse of many notes, each of several chunks, and with a model that takes its time, since it asks a server.
  private func sample(_ sources: TemporaryFolder, _ server: PeerServer) async throws -> SampleRun {
    for number in 0..<Self.noteCount {
      let paragraphs = (0..<6).map {
        "Note \(number) says in its paragraph \($0) what the tide was on day \(number + $0)."
      }
      try sources.write("# Note \(number)\n\n\(paragraphs.joined(separator: "\n\n"))\n", to: "notes/\(number).md")
    }
    let sample = try SampleRun(
      sources: [sources.path("notes")],
      settings: """
        embedding: {provider: openai, model: counting, endpoint: "http://127.0.0.1:\(server.port)/v1", batch_size: 8}
        chunking: {size: 30, overlap: 0}

        """)
    try #require(try await sample.twin("etl").status == 0)
    return sample
  }

  @Test func `killed again and again, it ends with what one run makes`() async throws {
    let (server, sources) = (try PeerServer("embedding_server.py"), try TemporaryFolder())
    let (whole, killed) = (try await sample(sources, server), try await sample(sources, server))
    let once = try await whole.twin("features")
    try #require(once.status == 0, "\(once)")

    var kills = 0
    for attempt in 1...40 {
      let process = try ChildProcess(
        twinExecutable, ["features", "--quiet", "--config", killed.config], environment: bareEnvironment)
      try await Task.sleep(for: .milliseconds(150 + 60 * attempt))
      process.send(SIGKILL)
      if await process.ended() == 0 { break }
      kills += 1
    }
    #expect(kills > 2)
    let last = try await killed.twin("features")
    #expect(last.status == 0, "\(last)")
    let verified = try await killed.twin("vectors", "verify")
    #expect(verified.status == 0, "\(verified)")
    let found = try await counts(killed)
    #expect(found.contains("cleaned_posts \(Self.noteCount)") || found.contains("cleaned_articles \(Self.noteCount)"))
    #expect(try await counts(whole) == found)
  }

  /// How many points each collection has.
  private func counts(_ sample: SampleRun) async throws -> [String] {
    let statistics = try await sample.twin("vectors", "stats", "--json")
    let object = try #require(try statistics.json() as? [String: Any], "\(statistics)")
    let collections = try #require(object["collections"] as? [[String: Any]], "\(statistics)")
    return collections.map { "\($0["name"] ?? "") \($0["count"] ?? "")" }.sorted()
  }
}
