import Dataflow
import Foundation
import Testing

@Suite struct CompositionTests {
  private func step<Value: Codable & Sendable>(
    _ name: String, _ module: String, needs: [Need] = [], _ value: Value
  ) -> StepNode<Void> {
    StepNode<Void>(name, needs: needs) { _, _ in value }.bound(to: (), module: module)
  }

  private func problems(_ graph: Graph, _ names: [String], inputs: [String: any Sendable] = [:]) -> [String] {
    do {
      _ = try graph.check(names, inputs: inputs)
      return []
    } catch DataflowError.invalidGraph(let problems) {
      return problems.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `steps of several modules are joined by name`() async throws {
    let graph = Graph([step("chunks", "Features", ["a", "b"])])
      .adding(
        Graph([
          StepNode<Void>("samples", needs: [Need("chunks", [String].self)]) { _, arguments in
            try arguments.value(0, as: [String].self).count
          }.bound(to: (), module: "Training")
        ]))
    #expect(try await graph.value(of: "samples") == 2)
  }

  @Test func `an edge between modules that does not fit is named with both ends`() {
    let graph = Graph([step("chunks", "Features", [1])])
      .adding(Graph([step("samples", "Training", needs: [Need("chunks", [String].self)], 0)]))
    #expect(
      problems(graph, ["samples"]) == [
        "step 'samples' of Training needs 'chunks' as [String], but step 'chunks' of Features produces [Int]"
      ])
  }

  @Test func `a step of two modules is an error unless the later one is to replace it`() async throws {
    let first = Graph([step("chunks", "Features", [1]), step("other", "Features", 3)])
    let second = Graph([step("chunks", "Fake", [1, 2])])
    #expect(
      problems(first.adding(second), ["chunks"]) == [
        "step 'chunks' is produced by Features and by Fake; add the later one with `overriding: true` if it is to "
          + "replace the other"
      ])
    let replaced = first.adding(second, overriding: true)
    #expect(try await replaced.value(of: "chunks") == [1, 2])
    #expect(try await replaced.value(of: "other") == 3)
  }

  @Test func `an input that two modules need as different types is named with both`() {
    let graph = Graph([step("a", "One", needs: [Need("size", Int.self)], 1)])
      .adding(Graph([step("b", "Two", needs: [Need("size", String.self)], 1)]))
    #expect(
      problems(graph, ["a", "b"], inputs: ["size": 4]) == [
        "the value given for 'size' is not of type String",
        "step 'b' of Two needs the input 'size' as String, but step 'a' of One needs it as Int",
      ])
  }

  private enum Mode: String, CaseIterable { case fast, exact, careful }

  private func variant(_ variant: Variant, _ value: Int) -> StepNode<Void> {
    StepNode<Void>("result", produces: ValueType(Int.self), variant: variant, body: .plain { _, _ in value })
  }

  @Test func `variants are chosen by when, when not and when in`() async throws {
    let graph = Graph([variant(Variant("mode", Mode.fast), 1), variant(Variant("mode", not: Mode.fast), 2)])
    #expect(try await graph.value(of: "result", inputs: ["mode": Mode.fast]) == 1)
    #expect(try await graph.value(of: "result", inputs: ["mode": Mode.careful]) == 2)
    let other = Graph([
      variant(Variant("mode", in: [Mode.fast, .exact]), 1), variant(Variant("mode", Mode.careful), 2),
    ])
    #expect(try await other.value(of: "result", inputs: ["mode": Mode.exact]) == 1)
  }

  @Test func `choices without a variant, or with two, are found whatever was chosen`() {
    let graph = Graph([
      variant(Variant("mode", Mode.fast), 1), variant(Variant("mode", in: [Mode.fast, .exact]), 2),
    ])
    let found = problems(graph, ["result"], inputs: ["mode": Mode.exact])
    #expect(
      found.contains("two variants of step 'result' fit when 'mode' is fast; make their conditions exclude each other"))
    #expect(found.contains("no variant of step 'result' fits when 'mode' is careful; add one"))
    let both = problems(graph, ["result"], inputs: ["mode": Mode.fast])
    #expect(
      both.contains("two variants of step 'result' fit when 'mode' is fast; make their conditions exclude each other"))
  }

  @Test func `what became of the items can be asked only of a step that has items`() {
    let graph = Graph([
      step("list", "", [1]), step("report", "", needs: [.results("list", of: Int.self)], 0),
    ])
    #expect(problems(graph, ["report"]).contains { $0.contains("no step makes 'list' item by item") })
  }

  @Test func `a chain of a hundred thousand steps runs`() async throws {
    let steps = (0..<100_000).map { index in
      index == 0
        ? StepNode<Void>("s0", produces: ValueType(Int.self), body: .plain { _, _ in 0 })
        : StepNode<Void>(
          "s\(index)", needs: [Need("s\(index - 1)", Int.self)], produces: ValueType(Int.self),
          body: .plain { _, arguments in try arguments.value(0, as: Int.self) + 1 })
    }
    #expect(try await Graph(steps).value(of: "s99999") == 99_999)
  }
}
