import Foundation
import Pipelines
import TestSupport
import Testing

@Suite struct SearchQueriesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> [LabelledQuery] {
    try SearchQueries.read(try folder.write(text, to: "queries.jsonl"))
  }

  @Test func `labels are a list, or an object with grades`() throws {
    let queries = try read(
      """
      {"query": "who?", "relevant": ["https://ada.dev/1", "notes/a.md"], "kind": "names"}

      {"query": "what?", "relevant": {"a": 2, "b": 0.5, "c": 0}}\r

      """)
    #expect(
      queries == [
        LabelledQuery(text: "who?", relevant: ["https://ada.dev/1": 1, "notes/a.md": 1], kind: "names"),
        LabelledQuery(text: "what?", relevant: ["a": 2, "b": 0.5]),
      ])
  }

  @Test(arguments: [
    ("nonsense", "JSON object"), (#"["query"]"#, "JSON object"), (#"{"query": "x"}"#, "`relevant`"),
    (#"{"relevant": ["x"]}"#, "`query`"), (#"{"query": " ", "relevant": ["x"]}"#, "`query`"),
    (#"{"query": 7, "relevant": ["x"]}"#, "`query`"), (#"{"query": "x", "relevant": []}"#, "`relevant`"),
    (#"{"query": "x", "relevant": [7]}"#, "`relevant`"), (#"{"query": "x", "relevant": {"a": 0}}"#, "above 0"),
    (#"{"query": "x", "relevant": {"a": "1"}}"#, "grades"), (#"{"query": "x", "relevant": {"a": 11}}"#, "10"),
    (#"{"query": "x", "relevnt": ["a"]}"#, "did you mean `relevant`"),
    (#"{"query": "x", "relevant": ["a"], "kind": 1}"#, "`kind`"),
    (#"{"query": "x", "relevant": ["a"], "passages": ["a"]}"#, "`passages`"),
    (#"{"query": "x", "relevant": ["a"], "passages": {"b": "words"}}"#, "not for `b`"),
  ])
  func `a bad line is named with file and line`(line: String, reason: String) throws {
    let good = #"{"query": "x", "relevant": ["a"]}"#
    let error = #expect(throws: SearchError.self) { try read("\(good)\n\n\(line)\n\(good)\n") }
    let message = try #require(error).description
    #expect(message.contains("queries.jsonl:3: ") && message.contains(reason), "\(message)")
  }

  @Test func `a file that is missing, a folder or empty is named`() throws {
    for path in [folder.path("none.jsonl"), folder.url.path, try folder.write("\n \n", to: "empty.jsonl")] {
      let error = #expect(throws: SearchError.self) { try SearchQueries.read(path) }
      #expect(try #require(error).description.contains(path))
    }
  }

  @Test func `the labelled queries that come with the sample are many and well formed`() throws {
    let queries = try SearchQueries.read(packageRoot.appending(path: "data/evaluation/sample.jsonl").path)
    #expect(queries.count >= 40 && Set(queries.map(\.text)).count == queries.count)
    #expect(queries.allSatisfy { $0.kind != nil })
  }

  @Test func `the labelled passages that come with the sample are many, and words of it`() throws {
    let queries = try SearchQueries.read(packageRoot.appending(path: "data/evaluation/passages.jsonl").path)
    #expect(queries.count >= 40 && queries.allSatisfy { Set($0.passages.keys) == Set($0.relevant.keys) })
    let notes = queries.flatMap(\.passages).filter { $0.key.hasPrefix("notes/") }
    #expect(notes.count >= 10)
    for (label, words) in notes {
      let text = try String(contentsOf: packageRoot.appending(path: "data/sample/\(label)"), encoding: .utf8)
      #expect(text.contains(words), "\(words)")
    }
  }
}
