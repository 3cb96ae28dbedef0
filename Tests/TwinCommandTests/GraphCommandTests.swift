import Foundation
import TestSupport
import Testing

/// `twin graph`, which needs neither a configuration nor a store.
@Suite struct GraphCommandTests {
  @Test(arguments: ["etl", "features", "dataset"])
  func `each pipeline is drawn in every format, from any folder`(pipeline: String) async throws {
    let folder = try TemporaryFolder()
    func draw(_ arguments: String...) async throws -> String {
      let result = try await twin(["graph", pipeline] + arguments, folder: folder.url.path)
      #expect(result.status == 0 && result.error.isEmpty, "\(result)")
      return result.output
    }
    let svg = try await draw()
    #expect(svg.contains("<svg") && svg.contains("</svg>"))
    #expect(try await draw("--format", "dot").hasPrefix("digraph "))
    #expect(try await draw("--format", "mermaid").contains("flowchart"))
    #expect(try await draw("--direction", "td", "--format", "mermaid").contains("flowchart TB"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try await draw("--format", "json").utf8)) as? [String: Any])
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    #expect(nodes.contains { $0["requested"] as? Bool == true })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test func `a part is drawn, and a way picked out`() async throws {
    func names(_ arguments: String...) async throws -> (all: Set<String>, highlighted: Set<String>) {
      let result = try await twin(["graph", "features", "--format", "json"] + arguments)
      #expect(result.status == 0, "\(result)")
      let nodes = try #require((try result.json() as? [String: Any])?["nodes"] as? [[String: Any]])
      func named(_ nodes: [[String: Any]]) -> Set<String> { Set(nodes.compactMap { $0["name"] as? String }) }
      return (named(nodes), named(nodes.filter { $0["highlighted"] as? Bool == true }))
    }
    let all = try await names().all
    let upstream = try await names("--upstream", "chunks").all
    let downstream = try await names("--downstream", "chunks").all
    #expect(upstream.contains("chunks") && upstream.isStrictSubset(of: all))
    #expect(downstream.contains("chunks") && downstream.intersection(upstream).isSubset(of: ["chunks"]))
    let path = try await names("--path", "cleanedDocuments", "chunks").highlighted
    #expect(path.isSuperset(of: ["cleanedDocuments", "chunks"]))
  }

  @Test func `the file's name says the format, and a run its outcome`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("etl").status == 0)
    let file = sample.folder.path("etl.json")
    let result = try await sample.twin("graph", "etl", "--run", "latest", "--output", file)
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    let picture = try #require(
      try JSONSerialization.jsonObject(with: try Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any])
    #expect(picture["run_status"] as? String == "succeeded")
    #expect(try await sample.twin("graph", "etl", "--output", "/dev/null").status == 0)
    #expect(FileManager.default.fileExists(atPath: "/dev/null"))
  }

  @Test func `wrong names are errors with the nearest one`() async throws {
    let pipeline = try await twin(["graph", "featurs"])
    #expect(pipeline.status == 2 && pipeline.error.contains("did you mean `features`"), "\(pipeline)")
    let step = try await twin(["graph", "features", "--upstream", "chunk"])
    #expect(step.status == 2 && step.error.contains("chunks"), "\(step)")
    let path = try await twin(["graph", "features", "--path", "chunks"])
    #expect(path.status == 2 && path.error.contains("two names"), "\(path)")
    #expect(try await twin(["graph", "features", "--format", "png"]).status == 2)
    let both = try await twin(["graph", "features", "--upstream", "chunks", "--downstream", "chunks"])
    #expect(both.status == 2, "\(both)")
  }
}
