import Foundation
import TestSupport
import Testing

/// `twin artifacts`, on what runs of the sample left.
@Suite struct ArtifactsCommandTests {
  private func features() async throws -> SampleRun {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    return sample
  }

  @Test func `list and show tell versions and where they came from`() async throws {
    let sample = try await features()
    let list = try await sample.twin("artifacts", "list", "--name", "chunks", "--json")
    let records = try #require(try list.json() as? [[String: Any]])
    #expect(records.map { $0["version"] as? Int } == [1], "\(list)")
    let id = try #require(records.first?["id"] as? String)
    let show = try await sample.twin("artifacts", "show", "chunks@1", "--json")
    let shown = try #require(try show.json() as? [String: Any])
    #expect((shown["artifact"] as? [String: Any])?["id"] as? String == id)
    let producers = try #require(shown["producers"] as? [[String: Any]])
    #expect(producers.contains { $0["name"] as? String == "cleanedDocuments" }, "\(show)")
    let text = try await sample.twin("artifacts", "show", id)
    #expect(text.output.hasPrefix("chunks@1\n") && text.output.contains("cleanedDocuments@1"), "\(text)")

    let misspelt = try await sample.twin("artifacts", "show", "chunsk")
    #expect(misspelt.status == 1 && misspelt.error.contains("did you mean 'chunks'"), "\(misspelt)")
    let none = try await sample.twin("artifacts", "list", "--name", "chunsk")
    #expect(none.status == 1 && none.error.contains("did you mean 'chunks'"), "\(none)")
    let both = try await sample.twin("artifacts", "show", "users")
    #expect(both.status == 0, "\(both)")
  }

  @Test func `export gives the value, as a file or on standard output`() async throws {
    let sample = try await features()
    let file = sample.folder.path("chunks.json")
    let export = try await sample.twin("artifacts", "export", "chunks", "--output", file)
    #expect(export.status == 0 && export.output.isEmpty, "\(export)")
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    let values = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    let show = try await sample.twin("artifacts", "show", "chunks", "--json")
    let record = try #require((try show.json() as? [String: Any])?["artifact"] as? [String: Any])
    #expect(record["stored"] as? Bool == true)
    if let count = record["count"] as? Int { #expect(values.count == count) }
    #expect(!values.isEmpty)
    let printed = try await sample.twin("artifacts", "export", "chunks@1", "--output", "-")
    #expect(printed.output == String(decoding: data, as: UTF8.self) + "\n")
  }

  @Test func `what the cache no longer has is an error that says why, and the file stays as it was`() async throws {
    let sample = try await features()
    let file = try sample.folder.write("mine", to: "chunks.json")
    try FileManager.default.removeItem(atPath: sample.folder.path("data/cache"))
    let export = try await sample.twin("artifacts", "export", "chunks", "--output", file)
    #expect(export.status == 1 && export.error.contains("cache"), "\(export)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
  }
}
