import DataflowMacros
import Testing

struct Document: Codable, Equatable, Sendable, ItemNamed {
  var title: String
  var text: String
  var itemName: String { title }
}

enum Mode: String, CaseIterable { case fast, exact }

struct Unreadable: Error, CustomStringConvertible {
  var description: String { "it cannot be read" }
}

@Pipeline
struct Features {
  let prefix: String

  @Step func documents(titles: [String]) async throws -> [Document] {
    titles.map { Document(title: $0, text: "\(prefix) \($0)") }
  }

  @Step func cleaned(documents document: Each<Document>) throws -> Document {
    if document.title == "bad" { throw Unreadable() }
    return Document(title: document.title, text: document.text.uppercased())
  }

  @Step(concurrency: 4) func words(cleaned document: Each<Document>, separator: String = " ") async -> Flat<String> {
    document.text.split(separator: separator).map(String.init)
  }

  @Step("score", when: Mode.fast) func fastScore(words: [String]) -> Int { words.count }
  @Step("score", when: Mode.exact) func exactScore(words: [String]) -> Int { words.joined().count }

  @Step private func report(score: Int, _ words: [String]) { StepContext.current.record("score", score) }
}

@Suite struct PipelineMacroTests {
  let features = Features(prefix: "about")

  @Test func `a product runs with its ancestors and has its static type`() async throws {
    let words = try await features(.words, .init(titles: ["swift", "c"], mode: .fast))
    #expect(words == ["ABOUT", "SWIFT", "ABOUT", "C"])
    #expect(try await features(.score, .init(titles: ["swift"], mode: .fast)) == 2)
    #expect(try await features(.score, .init(titles: ["swift"], mode: .exact)) == 10)
  }

  @Test func `a run has a record and typed values`() async throws {
    let run = try await features.run([.score, .report], .init(titles: ["a", "bad"], mode: .fast))
    #expect(try run.value(.score) == 2)
    #expect(run.record.status == .partial)
    #expect(run.record.failures == [Failure(step: "cleaned", item: "bad", error: "it cannot be read")])
  }
}
