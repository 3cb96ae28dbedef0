import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct ExecutionTests {
  @Test func `independent steps run at the same time`() async throws {
    let meeting = Rendezvous(3)
    let steps = ["a", "b", "c"].map { name in
      StepNode<Void>(name) { _, _ in
        await meeting.arrive()
        return name
      }
    }
    let run = try await Graph(steps).run(["a", "b", "c"])
    #expect(run.record.status == .succeeded)
    #expect(try run.value(of: "b") == "b")
  }

  @Test func `no more steps run at once than allowed`() async throws {
    let gauge = Gauge()
    let steps = (0..<20).map { index in
      StepNode<Void>("s\(index)") { _, _ in
        await gauge.enter()
        for _ in 0..<10 { await Task.yield() }
        await gauge.leave()
        return index
      }
    }
    _ = try await Graph(steps).run(steps.map(\.signature.name), options: RunOptions(concurrency: 3))
    let highest = await gauge.highest
    #expect((1...3).contains(highest))
  }

  @Test func `a failing step takes with it what needs it, and the others finish`() async throws {
    let graph = Graph([
      StepNode<Void>("bad") { _, _ -> Int in throw Broken(description: "no network") },
      StepNode<Void>("needsBad", needs: [Need("bad", Int.self)]) { _, _ in 1 },
      StepNode<Void>("alsoNeedsBad", needs: [Need("needsBad", Int.self), Need("good", Int.self)]) { _, _ in 1 },
      StepNode<Void>("good") { _, _ in 5 },
    ])
    let run = try await graph.run(["alsoNeedsBad", "good"])
    #expect(run.record.status == .failed)
    #expect(try run.value(of: "good") == 5)
    let statuses = Dictionary(uniqueKeysWithValues: run.record.steps.map { ($0.name, $0.status) })
    #expect(statuses == ["bad": .failed, "needsBad": .skipped, "alsoNeedsBad": .skipped, "good": .computed])
    #expect(run.record.failures == [Failure(step: "bad", item: nil, error: "no network")])
    #expect(throws: DataflowError.noValue(step: "alsoNeedsBad", reason: "step 'bad' failed: no network")) {
      try run.value(of: "alsoNeedsBad", as: Int.self)
    }
    #expect(throws: DataflowError.noValue(step: "bad", reason: "it was not asked for")) {
      try run.value(of: "bad", as: Int.self)
    }
  }

  @Test func `a call without a record throws what the step threw`() async {
    let graph = Graph([StepNode<Void>("bad") { _, _ -> Int in throw Broken(description: "no network") }])
    await #expect(throws: Broken.self) { try await graph.value(of: "bad", as: Int.self) }
  }

  @Test func `a value is dropped after its last reader`() async throws {
    final class Large: Codable, Sendable {}
    final class Witness: Sendable {
      private let value = Mutex<Reference>(Reference())
      struct Reference { weak var large: Large? }
      func see(_ large: Large) { value.withLock { $0.large = large } }
      var isAlive: Bool { value.withLock { $0.large != nil } }
    }
    let witness = Witness()
    let graph = Graph([
      StepNode<Void>("large") { _, _ in
        let large = Large()
        witness.see(large)
        return large
      },
      StepNode<Void>("size", needs: [Need("large", Large.self)]) { _, _ in witness.isAlive },
      StepNode<Void>("end", needs: [Need("size", Bool.self)]) { _, arguments in
        // The task that read it may be on its way out still.
        while witness.isAlive { await Task.yield() }
        return try arguments.value(0, as: Bool.self)
      },
    ])
    #expect(try await graph.value(of: "end"))
  }

  @Test func `cancelling a run ends it and its record says so`() async throws {
    let folder = try TemporaryFolder()
    let store = RunStore(folder.url)
    let (started, announce) = AsyncStream<Void>.makeStream()
    let graph = Graph([
      StepNode<Void>("quick") { _, _ in 1 },
      StepNode<Void>("endless", needs: [Need("quick", Int.self)]) { _, _ in
        announce.finish()
        try await Task.sleep(for: .seconds(3600))
        return 1
      },
      StepNode<Void>("after", needs: [Need("endless", Int.self)]) { _, _ in 1 },
    ])
    let run = Task { try await graph.run(["after"], options: RunOptions(pipeline: "p", store: store)) }
    for await _ in started {}
    #expect(store.list().runs.map(\.status) == [.running])
    run.cancel()
    await #expect(throws: CancellationError.self) { try await run.value }
    let record = try #require(store.list().runs.first)
    #expect(record.status == .cancelled)
    #expect(record.steps.map(\.status) == [.computed, .skipped, .skipped])
    #expect(record.artifacts.map(\.name) == ["quick"])
  }

  @Test func `an observer hears of the run, its steps, their progress and failures`() async throws {
    final class Log: RunObserver {
      let lines = Mutex<[String]>([])
      func observe(_ event: RunEvent) {
        let line =
          switch event {
          case .runStarted(_, let pipeline, let steps): "run \(pipeline) \(steps)"
          case .stepStarted(let step, let items): "start \(step) \(items ?? -1)"
          case .cacheMissed(let step): "missed \(step)"
          case .progress(let step, let completed, let total): "progress \(step) \(completed)/\(total ?? -1)"
          case .used(let step, let name, let amount): "used \(step) \(name) \(amount)"
          case .failed(let failure): "failed \(failure.step) \(failure.item ?? "-") \(failure.error)"
          case .stepEnded(let record): "end \(record.name) \(record.status)"
          case .retrying(let step, let item, let attempt, _): "retry \(step) \(item ?? "-") \(attempt)"
          case .warning(let step, let message): "warning \(step ?? "-") \(message)"
          case .runEnded(let record): "ended \(record.status)"
          }
        lines.withLock { $0.append(line) }
      }
    }
    let log = Log()
    let graph = Graph([
      StepNode<Void>("numbers") { _, _ in
        StepContext.current.progress(completed: 1, total: 2)
        return [1, 2]
      },
      StepNode<Void>(
        "odd", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), concurrency: 1,
        body: .suspending { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          if number == 2 { throw Broken(description: "it is even") }
          return number
        }),
    ])
    _ = try await graph.run(["odd"], options: RunOptions(pipeline: "parity", observer: log))
    #expect(
      log.lines.withLock { $0 } == [
        "run parity [\"numbers\", \"odd\"]", "start numbers -1", "progress numbers 1/2", "end numbers computed",
        "start odd 2", "progress odd 1/2", "failed odd 2 it is even", "progress odd 2/2", "end odd computed",
        "ended partial",
      ])
  }
}
