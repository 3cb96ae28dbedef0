import Crypto
import Dataflow
import Foundation
import Testing

@Suite struct RunPageTests {
  /// A run with one good step, one that fails, one that is skipped, and hostile texts wherever texts can be.
  func hostileRun() async throws -> (record: RunRecord, graph: Graph) {
    let bad = hostileNames[0]
    let graph = Graph([
      StepNode<Void>(bad, needs: [Need("text", String.self)]) { _, _ in
        StepContext.current.record(bad, [bad: bad, "nested": "</details></table>"])
        StepContext.current.record(uri: "javascript:alert('\(bad)')")
        StepContext.current.quarantine(item: bad, reason: "</td>\u{0}\(bad)", attempts: 3)
        return [bad]
      },
      StepNode<Void>("broken", needs: [Need(bad, [String].self)]) { _, _ -> Int in
        throw DataflowError.noValue(step: bad, reason: bad)
      },
      StepNode<Void>("after", needs: [Need("broken", Int.self)]) { _, _ in 1 },
    ])
    let options = RunOptions(
      pipeline: bad, configuration: .object([bad: .string(bad)]),
      environment: [bad: bad])
    let run = try await graph.run(["after", bad], inputs: ["text": bad], options: options)
    return (run.record, graph)
  }

  /// A page as a strict parser sees it. The document type is HTML's, which XML allows.
  func reading(_ page: RunPage) -> XMLReading { XMLReading(page.html) }

  @Test func `a page holds nothing but what it may`() async throws {
    let (record, graph) = try await hostileRun()
    let page = RunPage(record, graph: try GraphPicture(graph, title: record.pipeline, record: record))
    let reading = reading(page)
    #expect(reading.problem == nil)
    let names = Set(reading.elements.map(\.name))
    #expect(names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "embed", "form", "a", "base"]))
    for element in reading.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || ["href", "src", "style"].contains($0) })
    }
    #expect(reading.elements("td").contains { $0.text.contains("<script>alert(1)</script>") })
    #expect(reading.elements("summary").allSatisfy { !$0.text.isEmpty })
  }

  @Test func `the page's own policy allows its style sheet and nothing else`() async throws {
    let (record, _) = try await hostileRun()
    let html = RunPage(record).html
    let reading = XMLReading(html)
    let policy = try #require(
      reading.elements("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" })
    let start = try #require(html.range(of: "<style>"))
    let end = try #require(html.range(of: "</style>"))
    let sheet = html[start.upperBound..<end.lowerBound]
    let digest = Data(SHA256.hash(data: Data(sheet.utf8))).base64EncodedString()
    #expect(
      policy.attributes["content"]
        == "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'")
    #expect(reading.elements("style").count == 1)
    #expect(!sheet.contains("url(http") && !sheet.contains("@import"))
  }

  @Test func `every status has its page, with or without a graph`() async throws {
    var (record, graph) = try await hostileRun()
    for status in RunStatus.allCases {
      record.status = status
      if status == .running { record.ended = nil }
      for picture in [nil, try GraphPicture(graph, title: "", record: record)] {
        let reading = reading(RunPage(record, graph: picture))
        #expect(reading.problem == nil)
        #expect(reading.elements("span").first?.text == status.rawValue)
        #expect(reading.elements("h2").contains { $0.text == "Graph" })
      }
    }
  }

  @Test func `a page tells failures, steps, artifacts, metadata and circumstances`() async throws {
    let graph = Graph([
      StepNode<Void>("words", needs: [Need("text", String.self)]) { _, _ in
        StepContext.current.record("lengths", ["shortest": 1, "all": JSONValue.array((0..<50).map { .integer($0) })])
        StepContext.current.quarantine(item: "third", reason: "no such word", attempts: 2)
        return ["a", "b"]
      }
    ])
    let options = RunOptions(pipeline: "digest", configuration: ["size": 256], environment: ["host": "ada"])
    let record = try await graph.run(["words"], inputs: ["text": "a b"], options: options).record
    let reading = reading(RunPage(record))
    let heads = reading.elements("h2").map(\.text)
    #expect(heads == ["Failures (1)", "Graph", "Timeline", "Steps (1)", "Artifacts (1)", "Metadata", "Circumstances"])
    let cells = reading.elements("td").map(\.text)
    for text in ["third", "no such word", "2", "words", "[String]", "this run", "256", "a b"] {
      #expect(cells.contains(text), "no cell \(text)")
    }
    #expect(reading.elements("summary").map(\.text).contains("50 elements"))
    #expect(reading.elements("dd").contains { $0.text == "ada" })
    #expect(reading.elements("time").count == 2)
  }

  @Test func `long lists are cut, and the page says so`() async throws {
    let graph = Graph([
      StepNode<Void>("many") { _, _ in
        for index in 0..<1500 {
          StepContext.current.quarantine(item: "item \(index)", reason: "bad", attempts: 1)
        }
        StepContext.current.record("list", (0..<500).map { "element \($0)" })
        return 1
      }
    ])
    let reading = reading(RunPage(try await graph.run(["many"], options: RunOptions(pipeline: "p")).record))
    #expect(reading.elements("td").filter { $0.text == "bad" }.count == RunPage.rowLimit)
    let more = reading.elements("p").map(\.text)
    #expect(more == ["… and 500 more; the record has them.", "… and 300 more; the record has them."])
  }

  @Test func `deep metadata does not recurse without end`() async throws {
    let graph = Graph([
      StepNode<Void>("deep") { _, _ in
        var value: JSONValue = "bottom"
        for _ in 0..<200 { value = .object(["in": value]) }
        StepContext.current.record("deep", value)
        return 1
      }
    ])
    let reading = reading(RunPage(try await graph.run(["deep"], options: RunOptions(pipeline: "p")).record))
    #expect(reading.problem == nil)
    #expect(reading.elements("td").contains { $0.text.contains("bottom") })
  }

  @Test func `a timeline begins each bar when its step began`() throws {
    let start = Date(timeIntervalSince1970: 1_700_000_000)
    let timeline = RunTimeline(spans: [
      .init(name: "second", status: .computed, seconds: 1, started: start.addingTimeInterval(3), run: start),
      .init(name: "first", status: .cached, seconds: 2, started: start, run: start),
      .init(name: "never", status: .skipped, seconds: 0, started: nil, run: start),
    ])
    #expect(timeline.hasTimes)
    let reading = XMLReading(timeline.svg)
    #expect(reading.problem == nil)
    let bars = reading.elements("rect")
    #expect(bars.map { $0.attributes["class"] } == ["bar cached", "bar computed"])
    let places = bars.compactMap { $0.attributes["x"].flatMap(Double.init) }
    let widths = bars.compactMap { $0.attributes["width"].flatMap(Double.init) }
    #expect(abs(widths[0] - 2 * widths[1]) < 0.2)
    #expect(abs(places[1] - places[0] - 1.5 * widths[0]) < 0.2)
    #expect(reading.elements("text").map(\.text).contains("2 s"))
  }

  @Test func `without beginnings the bars show durations alone, whatever the numbers are`() {
    for seconds in [0, 1e-9, 0.5, 59, 86_400, 1e12, .nan, .infinity, -1] {
      let timeline = RunTimeline(spans: [
        .init(name: hostileNames[0], status: .failed, seconds: seconds, started: nil, run: .now),
        .init(name: hostileNames[22], status: .computed, seconds: 1, started: nil, run: .now),
      ])
      #expect(!timeline.hasTimes)
      let reading = XMLReading(timeline.svg)
      #expect(reading.problem == nil)
      #expect(reading.elements("rect").count == 2)
      #expect(!timeline.svg.contains("nan") && !timeline.svg.contains("inf"))
    }
  }
}
