import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

/// Numbers that are slow to square, with a cache in a folder.
private struct Squares {
  let folder: URL
  let calls = Mutex<[Int]>.List()

  init(_ path: String) {
    folder = URL(filePath: path)
  }

  var cache: ResultCache { ResultCache(folder.appending(path: "cache")) }
  var store: RunStore { RunStore(folder.appending(path: "runs")) }

  func graph(_ slow: @escaping @Sendable (Int) async -> Void) -> Graph {
    let calls = calls
    return Graph([
      StepNode<Void>(
        "squares", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), code: .named("1"),
        body: .suspending { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          await slow(number)
          calls.value.withLock { $0.append(number) }
          return number * number
        }),
      StepNode<Void>("sum", needs: [Need("squares", [Int].self)], code: .named("1")) { _, arguments in
        try arguments.value(0, as: [Int].self).reduce(0, +)
      },
    ])
  }

  func run(_ slow: @escaping @Sendable (Int) async -> Void = { _ in }) async throws -> GraphRun {
    try await graph(slow).run(
      ["sum"], inputs: ["numbers": Array(1...60)],
      options: RunOptions(pipeline: "squares", store: store, cache: cache))
  }
}

extension Mutex where Value == [Int] {
  /// A list that closures share.
  final class List: Sendable {
    let value = Mutex<[Int]>([])
  }
}

@Suite struct ResumeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `a run that is killed goes on where it was, and is shown as interrupted`() async throws {
    let path = folder.url.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let squares = Squares(path)
      _ = try await squares.run { number in
        guard number > 40 else { return }
        // What was made so far lasts a moment after it was made; then the end comes without a word.
        while true {
          if let open = try? squares.cache.open(), open.statistics().entries >= 20 { kill(getpid(), SIGKILL) }
          try? await Task.sleep(for: .milliseconds(20))
        }
      }
    }
    let squares = Squares(path)
    let kept = try squares.cache.open().statistics().entries
    #expect(kept >= 20)
    #expect(squares.store.list().runs.map(\.status) == [.interrupted])
    let run = try await squares.run()
    #expect(try run.value(of: "sum") == (1...60).map { $0 * $0 }.reduce(0, +))
    #expect(squares.calls.value.withLock { $0.count } == 60 - kept)
    #expect(run.record.steps.first?.items.cached == kept)
    #expect(run.record.status == .succeeded)
    #expect(try await squares.run().record.status == .unchanged)
  }

  @Test func `a run that is interrupted keeps what it made`() async throws {
    let squares = Squares(folder.url.path)
    let reached = Flag()
    let task = Task {
      try await squares.run { number in
        guard number > 30 else { return }
        reached.value.withLock { $0 = true }
        try? await Task.sleep(for: .seconds(3600))
      }
    }
    while !reached.value.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(squares.store.list().runs.map(\.status) == [.cancelled])
    let before = squares.calls.value.withLock { $0.count }
    let run = try await squares.run()
    #expect(try run.value(of: "sum") == (1...60).map { $0 * $0 }.reduce(0, +))
    #expect(run.record.steps.first?.items.cached ?? 0 >= 29)
    #expect(squares.calls.value.withLock { $0.count } - before <= 31)
  }

  @Test func `a cache that cannot be written costs nothing but time`() async throws {
    let squares = Squares(folder.url.path)
    // A file where the folder should be.
    try folder.write("in the way", to: "cache")
    let run = try await squares.run()
    #expect(try run.value(of: "sum") == (1...60).map { $0 * $0 }.reduce(0, +))
    #expect(run.record.status == .succeeded)
    #expect(run.record.warnings.count == 1)
    #expect(run.record.warnings.first?.contains("results of earlier runs cannot be used") == true)
  }
}

/// Something that turns true.
private final class Flag: Sendable {
  let value = Mutex(false)
}
