/// Gives every node a layer, so that edges run from lower to higher layers and are short.
///
/// Cycles are broken by turning around the edges that a depth-first walk finds to lead back. Then each node goes to the
/// layer of the longest path to it, and is moved between its neighbours to where its edges are shortest, until nothing
/// moves: the sum that network simplex (Gansner et al., 1993) makes least, come near to by local moves in linear time.
struct Layering {
  /// How often the nodes are passed over to shorten their edges, at most.
  private static let passes = 12

  /// The layer of each node, from 0.
  private(set) var layers: [Int]
  /// Whether an edge was turned around, since it closes a cycle.
  private(set) var isReversed: [Bool]

  init(count: Int, edges: [(from: Int, to: Int)]) {
    layers = Array(repeating: 0, count: count)
    isReversed = Self.reversedEdges(count, edges)
    var before: [[Int]] = Array(repeating: [], count: count)
    var after = before
    for (edge, isReversed) in zip(edges, isReversed) where edge.from != edge.to {
      let (from, to) = isReversed ? (edge.to, edge.from) : (edge.from, edge.to)
      before[to].append(from)
      after[from].append(to)
    }
    let order = Self.topologicalOrder(before: before, after: after)
    for node in order { layers[node] = before[node].map { layers[$0] + 1 }.max() ?? 0 }
    for _ in 0..<Self.passes {
      guard shorten(order, before, after) else { break }
    }
    let lowest = layers.min() ?? 0
    for node in layers.indices { layers[node] -= lowest }
  }

  /// Moves nodes with more edges on one side to that side.
  ///
  /// - Returns: whether any moved.
  private mutating func shorten(_ order: [Int], _ before: [[Int]], _ after: [[Int]]) -> Bool {
    var moved = false
    for node in order.reversed() {
      let pull = after[node].count - before[node].count
      var wanted = layers[node]
      if pull > 0, let next = after[node].map({ layers[$0] }).min() { wanted = next - 1 }
      if pull < 0, let last = before[node].map({ layers[$0] }).max() { wanted = last + 1 }
      if wanted != layers[node] { moved = true }
      layers[node] = wanted
    }
    return moved
  }

  private static func reversedEdges(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [Bool] {
    var leaving: [[Int]] = Array(repeating: [], count: count)
    var isEntered = Array(repeating: false, count: count)
    for (index, edge) in edges.enumerated() {
      leaving[edge.from].append(index)
      isEntered[edge.to] = true
    }
    var isReversed = Array(repeating: false, count: edges.count)
    var isSeen = Array(repeating: false, count: count)
    var isOpen = isSeen
    // Nodes that nothing leads to come first: a walk from them turns around what people would, too.
    for start in (0..<count).filter({ !isEntered[$0] }) + Array(0..<count) where !isSeen[start] {
      var stack = [(node: start, position: 0)]
      isSeen[start] = true
      isOpen[start] = true
      while let (node, position) = stack.last {
        guard position < leaving[node].count else {
          isOpen[node] = false
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].position += 1
        let edge = leaving[node][position]
        let next = edges[edge].to
        if isOpen[next] {
          isReversed[edge] = true
        } else if !isSeen[next] {
          isSeen[next] = true
          isOpen[next] = true
          stack.append((next, 0))
        }
      }
    }
    return isReversed
  }

  /// The nodes, each after those before it; of several that could come next, in the order in which they become free.
  private static func topologicalOrder(before: [[Int]], after: [[Int]]) -> [Int] {
    var waiting = before.map(\.count)
    var order = waiting.indices.filter { waiting[$0] == 0 }
    var position = 0
    while position < order.count {
      for next in after[order[position]] {
        waiting[next] -= 1
        if waiting[next] == 0 { order.append(next) }
      }
      position += 1
    }
    return order
  }
}
