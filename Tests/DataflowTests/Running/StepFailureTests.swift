import Dataflow
import Synchronization
import Testing

/// Errors that are not about the item that met them.
@Suite struct StepFailureTests {
  private struct Gone: Error, CustomStringConvertible {
    let description = "the server is gone"
  }

  /// A step that goes well for the first ten items.
  private func stored(_ tries: Mutexed, cause: @escaping @Sendable () -> any Error) -> StepNode<Void> {
    StepNode<Void>(
      "stored", needs: [Need("kept", [Int].self)], produces: ValueType([Int].self),
      fan: .each("kept", [Int].self, producing: Int.self), concurrency: 2,
      body: .suspending { _, arguments in
        let number = try arguments.value(0, as: Int.self)
        tries.numbers.withLock { $0.append(number) }
        if number >= 10 { throw cause() }
        return number
      })
  }

  private let kept = StepNode<Void>(
    "kept", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
    fan: .each("numbers", [Int].self, producing: Int.self),
    body: .plain { _, arguments in try arguments.value(0, as: Int.self) })

  private let count = StepNode<Void>("count", needs: [Need("kept", [Int].self), Need("stored", [Int].self)]) {
    _, arguments in try arguments.value(1, as: [Int].self).count
  }

  /// What the items were that a step was called with.
  private final class Mutexed: Sendable {
    let numbers = Mutex<[Int]>([])
  }

  @Test(arguments: [true, false])
  func `it fails the step, ends the flow, and puts nothing aside`(isStream: Bool) async throws {
    let tries = Mutexed()
    let source =
      isStream
      ? StepNode<Void>(
        "numbers", produces: ValueType([Int].self), stream: StreamType(Int.self),
        body: .plain { _, _ in ItemStream((0..<100_000).lazy.map { $0 }) })
      : StepNode<Void>("numbers") { _, _ in Array(0..<100_000) }
    let graph = Graph([source, kept, stored(tries) { StepFailure(Gone()) }, count])
    let record = try await graph.run(["count"]).record
    #expect(record.status == .failed)
    #expect(record.failures == [Failure(step: "stored", item: nil, error: "the server is gone")])
    // Two at once, and a few that wait behind them.
    #expect(tries.numbers.withLock { $0.count } < 100)
    let statuses = Dictionary(uniqueKeysWithValues: record.steps.map { ($0.name, $0.status) })
    #expect(
      statuses == [
        "numbers": isStream ? .skipped : .computed, "kept": .skipped, "stored": .failed, "count": .skipped,
      ])
  }

  @Test func `another error is its item's, and the flow goes on`() async throws {
    let tries = Mutexed()
    let source = StepNode<Void>("numbers") { _, _ in Array(0..<50) }
    let record = try await Graph([source, kept, stored(tries) { Gone() }, count]).run(["count"]).record
    #expect(record.status == .partial && record.failures.count == 40)
    #expect(tries.numbers.withLock { $0.count } == 50)
  }
}
