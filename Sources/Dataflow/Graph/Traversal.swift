/// A depth-first walk over numbered nodes, without recursion, so that a chain of any length is walked.
struct Traversal {
  private enum Colour { case unseen, open, finished }
  private struct Frame {
    let node: Int
    let next: [Int]
    var position = 0
  }

  private var colours: [Colour]
  /// The nodes walked so far, each after all that it leads to.
  private(set) var finished: [Int] = []

  init(count: Int) {
    colours = Array(repeating: .unseen, count: count)
  }

  /// Walks everything that `start` leads to and that was not walked before.
  ///
  /// - Returns: the cycles met, each as a path that ends in the node it begins with.
  mutating func visit(_ start: Int, next: (Int) -> [Int]) -> [[Int]] {
    guard colours[start] == .unseen else { return [] }
    var cycles: [[Int]] = []
    var stack = [Frame(node: start, next: next(start))]
    colours[start] = .open
    while let top = stack.indices.last {
      let position = stack[top].position
      guard position < stack[top].next.count else {
        colours[stack[top].node] = .finished
        finished.append(stack[top].node)
        stack.removeLast()
        continue
      }
      stack[top].position = position + 1
      let node = stack[top].next[position]
      switch colours[node] {
      case .finished: break
      case .open:
        let path = stack.map(\.node)
        cycles.append(Array(path.drop { $0 != node }) + [node])
      case .unseen:
        colours[node] = .open
        stack.append(Frame(node: node, next: next(node)))
      }
    }
    return cycles
  }
}
