import Dataflow
import Testing

@Suite struct GraphTests {
  /// words (from `text`) -> count -> report, and beside them shout.
  let graph = Graph([
    StepNode<Void>("words", needs: [Need("text", String.self)]) { _, arguments -> [String] in
      try arguments.value(0, as: String.self).split(separator: " ").map(String.init)
    },
    StepNode<Void>("count", needs: [Need("words", [String].self), Need("weight", Int.self, default: 1)]) {
      _, arguments in
      try arguments.value(0, as: [String].self).count * arguments.value(1, as: Int.self)
    },
    StepNode<Void>("report", needs: [Need("count", Int.self)]) { _, arguments in
      "\(try arguments.value(0, as: Int.self)) words"
    },
    StepNode<Void>("shout", needs: [Need("text", String.self)]) { _, arguments in
      try arguments.value(0, as: String.self).uppercased()
    },
  ])

  func problems(
    _ names: [String], inputs: [String: any Sendable] = [:], overrides: [String: any Sendable] = [:], of graph: Graph
  ) -> [GraphProblem] {
    do {
      _ = try graph.check(names, inputs: inputs, overrides: overrides)
      return []
    } catch DataflowError.invalidGraph(let problems) {
      return problems
    } catch {
      Issue.record(error)
      return []
    }
  }

  @Test func `a step is given what it needs by name`() async throws {
    #expect(try await graph.value(of: "report", inputs: ["text": "a b c"]) == "3 words")
    #expect(try await graph.value(of: "report", inputs: ["text": "a b c", "weight": 2]) == "6 words")
  }

  @Test func `only the ancestors of what is asked for take part, in an order that works`() throws {
    #expect(try graph.check(["report"], inputs: ["text": ""]) == ["words", "count", "report"])
    #expect(try graph.check(["shout"], inputs: ["text": ""]) == ["shout"])
  }

  @Test func `an override replaces a step and what only it needs`() async throws {
    #expect(try graph.check(["report"], overrides: ["count": 7]) == ["report"])
    #expect(try await graph.value(of: "report", overrides: ["count": 7]) == "7 words")
    #expect(try await graph.value(of: "count", overrides: ["count": 7]) == 7)
  }

  @Test func `all problems are reported together, with the nearest name`() {
    let found = problems(
      ["reprot", "count"], inputs: ["tezt": "a", "words": ["b"]], overrides: ["shuot": "c"], of: graph)
    #expect(
      Set(found) == [
        .unknownStep("reprot", nearest: "report"), .unknownInput("tezt", nearest: "text"), .inputShadowsStep("words"),
        .unknownOverride("shuot", nearest: "shout"), .missingInput("text", step: "words", nearest: "tezt"),
      ])
    #expect("\(DataflowError.invalidGraph(found))".contains("there is no step 'reprot'; did you mean 'report'?"))
  }

  @Test func `values of the wrong type are refused before anything runs`() {
    #expect(
      problems(["report"], inputs: ["text": 1], of: graph) == [.wrongValue("text", expected: "String")])
    #expect(
      problems(["report"], overrides: ["count": ["a": 1]], of: graph) == [.wrongValue("count", expected: "Int")])
    let wrong = Graph([
      StepNode<Void>("a") { _, _ in [1: "x"] },
      StepNode<Void>("b", needs: [Need("a", [Int?].self)]) { _, _ in 0 },
    ])
    #expect(
      problems(["b"], of: wrong)
        == [
          .wrongProduct(
            step: "step 'b'", need: "a", expected: "[Int?]", producer: "step 'a'", found: "[Int: String]")
        ])
  }

  @Test func `a cycle is reported with its path, and a duplicate by name`() {
    func step(_ name: String, needs: [String]) -> StepNode<Void> {
      StepNode<Void>(name, needs: needs.map { Need($0, Int.self) }) { _, _ in 0 }
    }
    let graph = Graph([
      step("a", needs: ["b"]), step("b", needs: ["c"]), step("c", needs: ["a"]), step("d", needs: []),
      step("d", needs: []),
    ])
    #expect(Set(problems(["d"], of: graph)) == [.cycle(["a", "b", "c", "a"]), .duplicateStep("d", modules: [])])
    #expect(problems(["e"], of: Graph([step("e", needs: ["e"])])) == [.cycle(["e", "e"])])
  }

  @Test func `a variant is chosen by its input`() async throws {
    func variant(_ name: String, _ choice: String, _ value: Int) -> StepNode<Void> {
      StepNode<Void>(
        name, produces: ValueType(Int.self), variant: Variant("mode", choice), body: .plain { _, _ in value })
    }
    let graph = Graph([variant("a", "fast", 1), variant("a", "exact", 2)])
    #expect(try await graph.value(of: "a", inputs: ["mode": "fast"]) == 1)
    #expect(try await graph.value(of: "a", inputs: ["mode": "exact"]) == 2)
    #expect(try await graph.value(of: "a", overrides: ["a": 3]) == 3)
    #expect(
      problems(["a"], inputs: ["mode": "slow"], of: graph)
        == [.noVariant(step: "a", input: "mode", choices: ["fast", "exact"])])
    #expect(problems(["a"], of: graph) == [.missingInput("mode", step: "a", nearest: nil)])
  }

  @Test func `a chain of a hundred thousand steps plans and runs`() async throws {
    let length = 100_000
    let steps = (0..<length).map { index in
      StepNode<Void>(
        "step\(index)", needs: index == 0 ? [] : [Need("step\(index - 1)", Int.self)], produces: ValueType(Int.self),
        body: .plain { _, arguments in index == 0 ? 1 : try arguments.value(0, as: Int.self) + 1 })
    }
    #expect(try await Graph(steps.reversed()).value(of: "step\(length - 1)") == length)
  }
}
