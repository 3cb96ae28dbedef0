import Synchronization
import Testing

@testable import Pipelines

@Suite struct BatcherTests {
  private struct Refusal: Error, Equatable {
    var number: Int?
  }

  /// What the work was given, call by call.
  private final class Calls: Sendable {
    private let calls = Mutex<[[Int]]>([])
    func add(_ requests: [Int]) { calls.withLock { $0.append(requests) } }
    var all: [[Int]] { calls.withLock { $0 } }
  }

  /// Asks for 0..<count at once.
  private func answers(_ count: Int, _ batcher: Batcher<Int, Int>) async -> [Int: Result<Int, Refusal>] {
    await withTaskGroup { group in
      for number in 0..<count {
        group.addTask {
          do {
            return (number, Result<Int, Refusal>.success(try await batcher(number)))
          } catch {
            return (number, .failure(error as? Refusal ?? Refusal()))
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  @Test func `requests that come while others are answered go together, and each gets its own answer`() async {
    let calls = Calls()
    let batcher = Batcher<Int, Int> { requests in
      calls.add(requests)
      try? await Task.sleep(for: .milliseconds(20))
      return requests.map { .success($0 * 10) }
    }
    let answers = await answers(50, batcher)
    #expect(answers == Dictionary(uniqueKeysWithValues: (0..<50).map { ($0, .success($0 * 10)) }))
    #expect(calls.all.count < 25 && calls.all.flatMap { $0 }.sorted() == Array(0..<50))
  }

  @Test func `a request that is refused holds up no other`() async {
    let batcher = Batcher<Int, Int> { requests in
      try? await Task.sleep(for: .milliseconds(5))
      if let refused = requests.first(where: { $0 % 7 == 3 }) { throw Refusal(number: refused) }
      return requests.map { $0 == 5 ? .failure(Refusal(number: 5)) : .success($0) }
    }
    for (number, answer) in await answers(30, batcher) {
      #expect(answer == (number % 7 == 3 || number == 5 ? .failure(Refusal(number: number)) : .success(number)))
    }
  }

  @Test func `after an error that holds for all nothing is tried again`() async {
    let calls = Calls()
    let batcher = Batcher<Int, Int>(isForAll: { $0 is Refusal }) { requests in
      calls.add(requests)
      try? await Task.sleep(for: .milliseconds(20))
      throw Refusal()
    }
    let answers = await answers(30, batcher)
    #expect(answers.values.allSatisfy { $0 == .failure(Refusal()) } && answers.count == 30)
    #expect(calls.all.flatMap { $0 }.count == 30)
  }
}
