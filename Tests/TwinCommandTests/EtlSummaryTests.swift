import Foundation
import TestSupport
import Testing

/// What `twin etl` says at its end.
@Suite struct EtlSummaryTests {
  let server: CrawlServer

  init() throws { server = try CrawlServer() }

  private func sample(_ paths: [String], settings: String = "embedding: {model: hash}\n") throws -> SampleRun {
    try SampleRun(
      sources: paths.map { $0.hasPrefix("/") ? server.origin + $0 : $0 },
      settings: settings + "crawl: {allow_private_addresses: true, delay: 0s}\n")
  }

  @Test func `it shows what came of each host, those first where something failed`() async throws {
    try server.behave(["/p/2": .init(status: 403), "/p/3": .init(type: "image/png", body: "no")])
    let notes = packageRoot.appending(path: "data/sample/notes").path
    let sample = try sample(["/p/1", "/p/2", "/p/3", "/p/4"])
    let host = String(server.origin.dropFirst("http://".count))
    let result = try await sample.twin("etl")
    #expect(result.status == 3, "\(result)")
    let rows = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["host", "documents", "failed"]) && rows.contains([host, "2", "2"]), "\(result)")

    let second = try await sample.twin("etl", "--json")
    let record = try #require(try second.json() as? [String: Any])
    let artifacts = try #require(record["artifacts"] as? [[String: Any]])
    let summary = artifacts.first { $0["name"] as? String == "crawlSummary" }?["metadata"] as? [String: Any]
    let hosts = summary?["hosts"] as? [String: [String: Any]]
    let items = hosts?[host]?["items"] as? [String: Int]
    #expect(items == ["documents": 0, "unchanged": 2, "gone": 0, "skipped": 0, "failed": 2], "\(second)")

    let local = try SampleRun(sources: [notes])
    let files = try await local.twin("etl")
    #expect(files.status == 0 && !files.output.contains("host"), "one's own files are no host: \(files)")
  }

  private static let german = (1...12).map { number in
    """
    <p>Das Rad mit der Nummer \(number) dreht sich mit dem anderen, weil die Zähne von beiden so ineinander greifen, dass
    keines von ihnen gleiten kann, und das ist alles, was eine Maschine zum Zählen braucht.</p>
    """
  }.joined()

  @Test(arguments: [("all-MiniLM-L6-v2", 1), ("hash", 0)])
  func `it warns once if most of the text is not in the language of the model`(model: String, count: Int) async throws {
    let page = "<!doctype html><html lang=\"en\"><title>Räder</title><article>\(Self.german)</article></html>"
    try server.behave(["/p/1": .init(body: page), "/p/2": .init(body: page)])
    let sample = try sample(["/p/1", "/p/2", "/p/3"], settings: "embedding: {model: \(model)}\n")
    let result = try await sample.twin("etl")
    #expect(result.status == 0, "\(result)")
    let warnings = result.error.split(separator: "\n").filter { $0.contains("most of the text") }
    #expect(warnings.count == count, "\(result)")
    if count > 0 {
      #expect(warnings.first?.contains("2 of 3 documents") == true && warnings.first?.contains("(de 2)") == true)
      let shown = try await sample.twin("runs", "list")
      #expect(shown.output.contains("1 warning"), "\(shown)")
    }
    // What was brought before is not warned of again.
    let again = try await sample.twin("etl")
    #expect(again.status == 0 && !again.error.contains("most of the text"), "\(again)")
  }
}
