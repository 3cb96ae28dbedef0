import Dataflow
import Testing

@Suite(.timeLimit(.minutes(15))) struct FanOutTests {
  struct Page: Sendable, ItemNamed {
    let link: String
    var itemName: String { link }
  }

  /// A graph that runs `body` for each of the input `numbers`.
  func graph(
    concurrency: Int? = nil, _ body: @escaping @Sendable (Int) async throws -> Int
  ) -> Graph {
    Graph([
      StepNode<Void>(
        "results", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), concurrency: concurrency,
        body: .suspending { _, arguments in try await body(arguments.value(0, as: Int.self)) })
    ])
  }

  @Test func `results keep the order of the items`() async throws {
    let graph = graph(concurrency: 8) { number in
      for _ in 0..<(number % 7) { await Task.yield() }
      return number * 2
    }
    let results: [Int] = try await graph.value(of: "results", inputs: ["numbers": Array(0..<500)])
    #expect(results == (0..<500).map { $0 * 2 })
  }

  @Test func `items run at once, as many as allowed and no more`() async throws {
    let meeting = Rendezvous(3)
    let gauge = Gauge()
    let graph = graph(concurrency: 3) { number in
      await gauge.enter()
      await meeting.arrive()
      await gauge.leave()
      return number
    }
    let results: [Int] = try await graph.value(of: "results", inputs: ["numbers": Array(0..<21)])
    #expect(results.count == 21)
    #expect(await gauge.highest == 3)
  }

  @Test func `ten thousand plain items give ten thousand results in order, and none gives none`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "pairs", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .flat("numbers", [Int].self, producing: Int.self),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          return [number, -number]
        })
    ])
    let results: [Int] = try await graph.value(of: "pairs", inputs: ["numbers": Array(0..<10_000)])
    #expect(results == (0..<10_000).flatMap { [$0, -$0] })
    #expect(try await graph.value(of: "pairs", as: [Int].self, inputs: ["numbers": [Int]()]) == [])
  }

  @Test func `a failing item is put aside by name and the others go on`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "lengths", needs: [Need("pages", [Page].self)], produces: ValueType([Int].self),
        fan: .each("pages", [Page].self, producing: Int.self),
        body: .plain { _, arguments in
          let page = try arguments.value(0, as: Page.self)
          if page.link.isEmpty == false, page.link.hasPrefix("bad") { throw Broken(description: "no such host") }
          return page.link.utf8.count
        }),
      StepNode<Void>("sum", needs: [Need("lengths", [Int].self)]) { _, arguments in
        try arguments.value(0, as: [Int].self).reduce(0, +)
      },
    ])
    let pages = [Page(link: "good"), Page(link: "bad1"), Page(link: "better"), Page(link: "bad2")]
    let run = try await graph.run(["sum"], inputs: ["pages": pages])
    #expect(try run.value(of: "sum") == 10)
    #expect(run.record.status == .partial)
    #expect(
      Set(run.record.failures) == [
        Failure(step: "lengths", item: "bad1", error: "no such host"),
        Failure(step: "lengths", item: "bad2", error: "no such host"),
      ])
    #expect(run.record.steps.first?.items == ItemCounts(in: 4, out: 2, computed: 2, failed: 2))
    await #expect(throws: DataflowError.self) {
      try await graph.value(of: "sum", as: Int.self, inputs: ["pages": pages])
    }
  }

  @Test func `an item that is cancelled cancels the run`() async {
    let graph = graph { number in
      if number == 3 { throw CancellationError() }
      return number
    }
    await #expect(throws: CancellationError.self) {
      try await graph.run(["results"], inputs: ["numbers": Array(0..<10)])
    }
  }
}
