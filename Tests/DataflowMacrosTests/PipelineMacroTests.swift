import DataflowMacros
import Foundation
import TestSupport
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

protocol Cleaner: Sendable {
  func clean(_ text: String) -> String
}

struct Shouting: Cleaner {
  func clean(_ text: String) -> String { text.uppercased() }
}

@Pipeline
struct Features {
  let cleaner: any Cleaner

  @Step func documents(titles: [String]) async throws -> [Document] {
    titles.map { Document(title: $0, text: "about \($0)") }
  }

  @Step func cleaned(documents document: Each<Document>) throws -> Document {
    if document.title == "bad" { throw Unreadable() }
    return Document(title: document.title, text: cleaner.clean(document.text))
  }

  @Step(concurrency: 4) func words(cleaned document: Each<Document>, separator: String = " ") async -> Flat<String> {
    document.text.split(separator: separator).map(String.init)
  }

  @Step("score", when: Mode.fast) func fastScore(words: [String]) -> Int { words.count }
  @Step("score", when: Mode.exact) func exactScore(words: [String]) -> Int { words.joined().count }

  @Step private func report(score: Int, _ words: [String]) { StepContext.current.record("score", score) }
}

@Suite struct PipelineMacroTests {
  let features = Features(cleaner: Shouting())

  @Test func `a product runs with its ancestors and has its static type`() async throws {
    let words = try await features(.words, .init(titles: ["swift", "c"], mode: .fast))
    #expect(words == ["ABOUT", "SWIFT", "ABOUT", "C"])
    #expect(try await features(.words, .init(titles: ["swift"], separator: "T", mode: .fast)) == ["ABOU", " SWIF"])
  }

  @Test func `the enum among the inputs chooses the variant`() async throws {
    #expect(try await features(.score, .init(titles: ["swift"], mode: .fast)) == 2)
    #expect(try await features(.score, .init(titles: ["swift"], mode: .exact)) == 10)
  }

  @Test func `an override has the type of the product and spares its ancestors`() async throws {
    let overrides: [Features.Override] = [.words(["a", "b", "c"])]
    #expect(try await features(.score, .init(titles: ["bad"], mode: .fast), overrides: overrides) == 3)
  }

  @Test func `a run has a record and typed values`() async throws {
    let folder = try TemporaryFolder()
    let store = RunStore(folder.url)
    let run = try await features.run(
      [.score, .report], .init(titles: ["a", "bad"], mode: .fast), options: RunOptions(store: store))
    #expect(try run.value(.score) == 2)
    #expect(throws: DataflowError.self) { try run.value(.words) }
    #expect(run.record.status == .partial)
    #expect(run.record.pipeline == "Features")
    #expect(run.record.failures == [Failure(step: "cleaned", item: "bad", error: "it cannot be read")])
    let artifacts = Dictionary(uniqueKeysWithValues: run.record.artifacts.map { ($0.name, $0) })
    #expect(artifacts["report"]?.metadata == ["score": 2])
    #expect(artifacts["words"]?.type == "[String]")
    #expect(artifacts["words"]?.count == 2)
    #expect(run.record.inputs["mode"] == "Mode" || run.record.inputs["mode"] == "fast")
    #expect(try store.load(run.record.runID).steps == run.record.steps)
  }

  @Test func `a step is a plain method, which a test calls as it is`() throws {
    #expect(try features.cleaned(documents: Document(title: "a", text: "b")).text == "B")
    #expect(features.exactScore(words: ["ab", "c"]) == 3)
  }

  @Test func `the steps are known without an instance`() {
    #expect(Features.StepName.allCases.map(\.rawValue) == ["documents", "cleaned", "words", "score", "report"])
    #expect(Features.steps.map(\.signature.name) == ["documents", "cleaned", "words", "score", "score", "report"])
    #expect(Features.steps[2].signature.concurrency == 4)
    #expect(Features.steps[2].signature.fan?.isFlat == true)
    #expect(Features.steps[3].signature.variant?.choice == "fast")
  }
}

struct Span: Codable, Sendable {
  var left: Int
  var right: Int
}

/// What the compiler accepts on the way from a product to a parameter, and the odder shapes of steps.
@Pipeline
struct Shapes<Value: Codable & Sendable & Equatable> {
  typealias Pair = Span
  let value: Value

  @Step func values() -> [Value] { [value, value] }
  @Step func isSame(values: [Value]) -> Bool { values.allSatisfy { $0 == value } }
  @Step func number(start: Int = 3) -> Int { start }
  @Step func pair(number: Int) -> Pair { Pair(left: number, right: number + 1) }
  @Step func optional(number: Int?) -> Int? { number }
  @Step func `default`(_ number: Int) throws(Unreadable) -> Int { number }
  @Step func erased(values: any Sendable, some: Bool = true) -> Bool { values is [Value] && some }
  @Step func opaque(values: some Collection<Value>) -> Int { values.count }
  @Step func nested(values value: Each<Value>, number: Int) -> [Int] { Array(repeating: number, count: 2) }
  @Step func sums(each nested: Each<[Int]>) async -> Int { nested.reduce(0, +) }
  @Step func run(sums: [Int]) -> Int { sums.reduce(0, +) }
  @Step func values2(names name: Each<String>) -> String { name + name }
}

@Suite struct StepShapeTests {
  let shapes = Shapes(value: "x")

  @Test func `products reach parameters by the conversions of the language`() async throws {
    let inputs = Shapes<String>.Inputs(names: ["a", "b"])
    #expect(try await shapes(.isSame, inputs))
    #expect(try await shapes(.pair, inputs).right == 4)
    #expect(try await shapes(.optional, inputs) == 3)
    #expect(try await shapes(.default, .init(start: 8, names: [])) == 8)
    #expect(try await shapes(.erased, inputs))
    #expect(try await shapes(.opaque, inputs) == 2)
    #expect(try await shapes(.nested, inputs) == [[3, 3], [3, 3]])
    #expect(try await shapes(.sums, inputs) == [6, 6])
    #expect(try await shapes(.run, inputs) == 12)
    #expect(try await shapes(.values2, inputs) == ["aa", "bb"])
  }
}

@Pipeline
struct NoInputs {
  @Step func answer() -> Int { 42 }
}

@Suite struct NoInputsTests {
  @Test func `a pipeline without inputs is called without`() async throws {
    #expect(try await NoInputs()(.answer) == 42)
  }
}
