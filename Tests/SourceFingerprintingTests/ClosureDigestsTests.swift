import TestSupport
import Testing

@testable import SourceFingerprinting

@Suite struct ClosureDigestsTests {
  /// Against plain reachability, on random graphs with cycles.
  @Test func `a digest changes exactly when something in reach does`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let count = Int.random(in: 1..<14, using: &generator)
      let edges = (0..<count).map { _ in
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in Int.random(in: 0..<count, using: &generator) }
      }
      var own = (0..<count).map { [UInt8($0)] }
      let before = ClosureDigests(edges: edges, own: own)
      let changed = Int.random(in: 0..<count, using: &generator)
      own[changed] = [0xEE]
      let after = ClosureDigests(edges: edges, own: own)
      for node in 0..<count {
        let isReached = reach(of: node, edges).contains(changed)
        #expect((before.digest(of: [node]) != after.digest(of: [node])) == isReached)
      }
    }
  }

  @Test func `a long chain needs no stack`() {
    let count = 200_000
    let edges = (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] }
    #expect(StronglyConnected(edges).members.count == count)
  }

  private func reach(of node: Int, _ edges: [[Int]]) -> Set<Int> {
    var seen: Set<Int> = [node]
    var pending = [node]
    while let next = pending.popLast() {
      for target in edges[next] where seen.insert(target).inserted { pending.append(target) }
    }
    return seen
  }
}
