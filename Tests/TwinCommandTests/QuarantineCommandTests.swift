import Foundation
import TestSupport
import Testing

/// `twin quarantine`, on sources that fail and then do not.
@Suite struct QuarantineCommandTests {
  @Test func `items are listed, shown, and tried again until they go well`() async throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("# A good note\n\nIt has some words of mine in it.\n", to: "good.md")
    let late = folder.path("late.md")
    let sample = try SampleRun(sources: [good, late, folder.path("never.md")])
    #expect(try await sample.twin("quarantine", "list").output == "nothing is in quarantine\n")
    #expect(try await sample.twin("quarantine", "retry").status == 0)
    #expect(try await sample.twin("etl").status == 3)

    let list = try await sample.twin("quarantine", "list", "--json")
    let entries = try #require(try list.json() as? [[String: Any]])
    #expect(entries.count == 2, "\(list)")
    #expect(try await sample.twin("quarantine", "list", "--pipeline", "features", "--json").output == "[\n\n]\n")
    let id = try #require(entries.first { ($0["item"] as? String)?.contains("late.md") == true }?["id"] as? String)
    let shown = try await sample.twin("quarantine", "show", String(id.prefix(12)))
    #expect(shown.output.contains("late.md") && shown.output.contains("1 time"), "\(shown)")
    let unknown = try await sample.twin("quarantine", "show", "zzzz")
    #expect(unknown.status == 1 && unknown.error.contains("'zzzz'"), "\(unknown)")

    let again = try await sample.twin("quarantine", "retry", id, "--json")
    #expect(again.status == 3, "\(again)")
    try folder.write("# Late\n\nBetter late than never, as I say.\n", to: "late.md")
    let retried = try await sample.twin("quarantine", "retry", id)
    #expect(retried.status == 0, "\(retried)")
    #expect(retried.output.hasPrefix("etl: done"), "\(retried)")
    let left = try await sample.twin("quarantine", "list")
    #expect(left.output.contains("never.md") && !left.output.contains("late.md"), "\(left)")
    let all = try await sample.twin("quarantine", "retry")
    #expect(all.status == 3 && all.output.contains("never.md"), "\(all)")
  }
}
