import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

/// Values are had from the cache again, by the records of their artifacts.
@Suite struct ExportTests {
  private let folder: TemporaryFolder
  private let cache: ResultCache

  init() throws {
    folder = try TemporaryFolder()
    cache = ResultCache(folder.url.appending(path: "cache"))
  }

  /// Numbers item by item, what is below each as one list, and their sum.
  private func graph(_ sumPolicy: StepPolicy = StepPolicy()) -> Graph {
    Graph([
      StepNode<Void>(
        "squares", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          return number * number
        }),
      StepNode<Void>(
        "below", needs: [Need("squares", [Int].self)], produces: ValueType([Int].self),
        fan: .flat("squares", [Int].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in Array(0..<(try arguments.value(0, as: Int.self))) }),
      StepNode<Void>("sum", needs: [Need("below", [Int].self)], policy: sumPolicy, code: .named("1")) { _, arguments in
        try arguments.value(0, as: [Int].self).reduce(0, +)
      },
    ])
  }

  private func run(_ numbers: [Int], _ graph: Graph, observer: (any RunObserver)? = nil) async throws -> RunRecord {
    let store = RunStore(folder.url.appending(path: "runs"))
    let options = RunOptions(pipeline: "numbers", store: store, cache: cache, observer: observer)
    return try await graph.run(["sum"], inputs: ["numbers": numbers], options: options).record
  }

  private func value(_ name: String, of record: RunRecord) throws -> String {
    let artifact = try #require(record.artifacts.first { $0.name == name })
    var data = Data()
    try cache.open().export(artifact) { data += $0 }
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `lists made item by item, joined lists and single values are as they were`() async throws {
    let record = try await run([2, 0, 1], graph())
    #expect(try value("squares", of: record) == "[4,0,1]")
    #expect(try value("below", of: record) == "[0,1,2,3,0]")
    #expect(try value("sum", of: record) == "6")
    #expect(record.artifacts.filter(\.isFlat).map(\.name) == ["below"])
  }

  @Test func `a run of which all was cached, and one without items, can be exported as well`() async throws {
    let first = try await run([3, 1], graph())
    let second = try await run([3, 1], graph())
    #expect(second.status == .unchanged)
    #expect(try value("below", of: second) == value("below", of: first))
    #expect(try value("squares", of: try await run([], graph())) == "[]")
  }

  @Test func `what was not kept, or is gone, is an error before the first byte`() async throws {
    let uncached = try await run([2], graph(StepPolicy(cache: .disable)))
    #expect(throws: DataflowError.self) { try value("sum", of: uncached) }
    let record = try await run([2, 5], graph())
    try FileManager.default.removeItem(at: cache.folder)
    for name in ["squares", "below", "sum"] {
      let artifact = try #require(record.artifacts.first { $0.name == name })
      #expect { try cache.open().export(artifact) { _ in Issue.record("bytes of \(name)") } } throws: { error in
        "\(error)".contains("\(name)@")
      }
    }
  }

  @Test func `an observer hears what the cache did not have, once for each step`() async throws {
    final class Misses: RunObserver {
      let steps = Mutex<[String]>([])
      func observe(_ event: RunEvent) {
        if case .cacheMissed(let step) = event { steps.withLock { $0.append(step) } }
      }
    }
    func misses(_ numbers: [Int]) async throws -> [String] {
      let misses = Misses()
      _ = try await run(numbers, graph(), observer: misses)
      return misses.steps.withLock { $0.sorted() }
    }
    #expect(try await misses([1, 2, 3]) == ["below", "squares", "sum"])
    #expect(try await misses([1, 2, 3]) == [])
    #expect(try await misses([1, 2, 3, -1]) == ["squares", "sum"])
  }
}
