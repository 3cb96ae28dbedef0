import Dataflow
import Testing

@Suite struct CodeVersionTests {
  private let sources = SourceFingerprints(
    module: "App", everything: "e0", common: "c0", names: "d1\tclean\ttrim\nd2\tcount\n")

  private func version(
    _ names: [String], digest: String = "s", reachesAll: Bool = false, in sources: SourceFingerprints? = nil
  ) -> String {
    CodeVersion.source(digest, names: names, reachesAll: reachesAll, in: sources ?? self.sources).text
  }

  @Test func `order, repetition and names without code do not count`() {
    let expected = version(["clean", "count"])
    #expect(version(["count", "x", "clean", "count"]) == expected)
    #expect(expected.hasPrefix("source:"))
    #expect(expected.utf8.count == "source:".utf8.count + 64)
  }

  @Test func `the step's text and what its names reach count`() {
    let other = SourceFingerprints(module: "App", everything: "e1", common: "c0", names: "d1\tclean\ttrim\nd3\tcount\n")
    #expect(version(["clean"]) != version(["clean"], digest: "t"))
    #expect(version(["clean"]) != version(["count"]))
    #expect(version(["clean"]) == version(["clean"], in: other))
    #expect(version(["count"]) != version(["count"], in: other))
    #expect(version([], reachesAll: true) != version([], reachesAll: true, in: other))
    let common = SourceFingerprints(
      module: "App", everything: "e0", common: "c1", names: "d1\tclean\ttrim\nd2\tcount\n")
    #expect(version(["clean"]) != version(["clean"], in: common))
  }

  @Test func `without a table the program's file is the version`() {
    #expect(moduleSources == nil)
    #expect(CodeVersion.source("s", names: [], reachesAll: false, in: nil) == .executable)
    #expect(CodeVersion.executable.text.hasPrefix("executable:"))
    #expect(CodeVersion.executable == .executable)
  }

  @Test func `a name of the author's is taken as it is`() {
    #expect(CodeVersion.named("2").text == "named:2")
  }

  @Test func `a table gives the digests of its names`() {
    #expect(sources.digest(of: "trim") == "d1")
    #expect(sources.digest(of: "unknown") == nil)
  }
}
