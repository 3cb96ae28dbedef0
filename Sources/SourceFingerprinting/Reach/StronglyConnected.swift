/// The strongly connected components of a graph: sets of nodes that all reach each other.
///
/// Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972; with a stack of its own in
/// place of recursion.
struct StronglyConnected {
  /// The component of each node. A component has a higher number than all that it leads to.
  private(set) var components: [Int]
  /// The nodes of each component.
  private(set) var members: [[Int]] = []

  private var order: [Int]
  private var low: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var count = 0

  init(_ edges: [[Int]]) {
    components = Array(repeating: -1, count: edges.count)
    order = Array(repeating: -1, count: edges.count)
    low = Array(repeating: 0, count: edges.count)
    isOpen = Array(repeating: false, count: edges.count)
    for node in edges.indices where order[node] < 0 { visit(node, edges) }
  }

  private mutating func visit(_ root: Int, _ edges: [[Int]]) {
    var path = [(node: root, next: 0)]
    enter(root)
    while let (node, next) = path.last {
      if next < edges[node].count {
        path[path.count - 1].next += 1
        let target = edges[node][next]
        if order[target] < 0 {
          enter(target)
          path.append((target, 0))
        } else if isOpen[target] {
          low[node] = min(low[node], order[target])
        }
      } else {
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == order[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = count
    low[node] = count
    count += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func close(_ root: Int) {
    var component: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      components[node] = members.count
      component.append(node)
      if node == root { break }
    }
    members.append(component)
  }
}
