import DataflowMacros
import Testing

enum Size: String, CaseIterable { case small, middle, large }

/// Every form in which a step can be written.
@Pipeline
struct Forms {
  let scale: Int
  let names: @Sendable (Int) async throws -> String
  private(set) var label = "forms"

  static let base = 10

  @Step func numbers(limit: Int) -> [Int] { Array(1...limit) }

  @Step("sized", whenNot: Size.small) func others(numbers: [Int]) -> Int { numbers.count * scale }
  @Step("sized", when: Size.small) func small(numbers: [Int]) -> Int { numbers.count }
  @Step("graded", whenIn: [Size.small, .middle], cache: .disable) func low() -> String { "low" }
  @Step("graded", when: Size.large) func high() -> String { "high" }

  @Step(
    concurrency: 3, cache: .recompute, retry: .attempts(4, delay: .milliseconds(1)), timeout: .seconds(60),
    maximumFailures: .fraction(0.5))
  func named(numbers number: Each<Int>) async throws -> String { try await names(number) }

  @Step func announced(named name: Each<String>) { StepContext.current.record(name, label) }
  @Step func done(announced: [Completion], sized: Int) throws {}
  @Step func after(done: Completion) -> Bool { done == Completion() }

  @Step func lines(limit: Int) async -> ItemStream<String> { ItemStream(["a", "b"].prefix(limit)) }
  @Step func lengths(lines line: Each<String>) -> Int { line.count + Self.base }
  @Step func text(lines: [String]) -> String { lines.joined() }

  @Step func squares(tables number: Each<Each<Int>>) throws -> Int { number * number }
  @Step func twice(squares square: Each<Each<Int>>) -> Flat<String> { ["\(square)", "\(square)"] }
  @Step func sums(squares row: Each<[Int]>) -> Int { row.reduce(0, +) }

  @Step func report(named: Results<String>, named old: Removed<String>, twice: Dataflow.Results<[String]>) -> Int {
    named.count + old.count
  }
  @Step func swept(named: Dataflow.Removed<String>, gone: Removed<Int>, all: Results<Int>) -> Int { named.count }

  @Check func isShort(named name: Each<String>) throws {
    if name.count > label.count { throw CheckFailure("\(name) is too long") }
  }
  @Check(.warn) func isSome(named: [String]) async -> Bool { !named.isEmpty }
  @Check func isPositive(sized: Int) -> Bool { sized > 0 && scale > 0 }
  @Check private func isDone(done: Completion) {}
}

@Suite struct StepFormsTests {
  let forms = Forms(scale: 2, names: { "no \($0)" })

  private func signatures(_ name: String) -> [StepSignature] {
    Forms.steps.map(\.signature).filter { $0.name == name }
  }

  private func signature(_ name: String) throws -> StepSignature { try #require(signatures(name).first) }

  private func inputs(_ size: Size) -> Forms.Inputs {
    .init(limit: 3, size: size, tables: [], gone: [], all: [])
  }

  @Test func `conditions choose the variant`() async throws {
    #expect(try await forms(.sized, inputs(.small)) == 3)
    #expect(try await forms(.sized, inputs(.large)) == 6)
    #expect(try await forms(.graded, inputs(.middle)) == "low")
    #expect(try await forms(.graded, inputs(.large)) == "high")
    #expect(signatures("sized").compactMap(\.variant?.choice) == ["not small", "small"])
    #expect(signatures("graded").compactMap(\.variant?.choice) == ["small or middle", "large"])
    #expect(signatures("graded").map(\.policy.cache) == [.disable, nil])
  }

  @Test func `a step that gives nothing produces its completion`() async throws {
    #expect(try await forms(.done, inputs(.small)) == Completion())
    #expect(try await forms(.announced, inputs(.small)) == [Completion(), Completion(), Completion()])
    #expect(try await forms(.after, inputs(.small)))
    #expect(try await forms(.after, inputs(.small), overrides: [.done(Completion())]))
  }

  @Test func `options make the policy`() throws {
    let named = try signature("named")
    #expect(named.concurrency == 3)
    #expect(
      named.policy
        == StepPolicy(
          retry: .attempts(4, delay: .milliseconds(1)), timeout: .seconds(60), cache: .recompute,
          maximumFailures: .fraction(0.5)))
    #expect(try signature("numbers").policy == StepPolicy())
  }

  @Test func `a stream produces the list of its elements`() throws {
    let lines = try signature("lines")
    #expect(lines.stream != nil)
    #expect(lines.produces.name == "[String]")
    #expect(try signature("lengths").fan?.depth == 1)
    #expect(try signature("text").needs.map { "\($0.type)" } == ["Array<String>"])
  }

  @Test func `a fan-out goes as deep as its parameter says`() throws {
    let squares = try signature("squares")
    #expect(squares.fan?.depth == 2)
    #expect(squares.produces.name == "[[Int]]")
    let twice = try signature("twice")
    #expect(twice.fan?.depth == 2)
    #expect(twice.produces.name == "[[String]]")
    #expect(try signature("sums").produces.name == "[Int]")
  }

  @Test func `needs say in which form they take the product`() throws {
    let report = try signature("report")
    #expect(report.needs.map(\.name) == ["named", "named", "twice"])
    #expect(report.needs.map(\.form) == [.results, .removed, .results])
    #expect(report.needs.map { "\($0.type)" } == ["Array<String>", "Array<String>", "Array<Array<String>>"])
    let swept = try signature("swept")
    #expect(swept.needs.map(\.form) == [.removed, .removed, .results])
    #expect(swept.needs.map { "\($0.type)" } == ["Array<String>", "Array<Int>", "Array<Int>"])
  }

  @Test func `checks stand at their steps`() throws {
    let checks = try signature("named").checks
    #expect(checks.map(\.name) == ["isShort", "isSome"])
    #expect(checks.map(\.importance) == [.fail, .warn])
    #expect(checks.map(\.isPerItem) == [true, false])
    #expect(signatures("sized").map { $0.checks.map(\.name) } == [["isPositive"], ["isPositive"]])
    #expect(try signature("done").checks.count == 1)
    #expect(try signature("numbers").checks.isEmpty)
  }

  @Test func `steps know the resources that they reach`() throws {
    #expect(try signature("numbers").reach == [])
    #expect(signatures("sized").map(\.reach) == [["scale"], ["scale"]])
    #expect(try signature("named").reach == ["label", "names"])
    #expect(try signature("announced").reach == ["label"])
    #expect(try signature("lengths").reach == [])
  }

  @Test func `stored properties are resources`() {
    let resources = forms.resourceVersions
    #expect(resources.map(\.name) == ["scale", "names", "label"])
    #expect(resources.map { $0.fingerprint == nil } == [false, true, false])
    #expect(Forms(scale: 3, names: { _ in "" }).resourceVersions[0] != resources[0])
  }
}
