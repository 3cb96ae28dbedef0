/// Which nodes of a tree have been dropped. A mark covers the node's descendants, which need no marks of their own.
struct DropMask {
  private var marks: [Bool]

  init(_ tree: HTMLTree) { marks = Array(repeating: false, count: tree.nodes.count) }

  subscript(index: HTMLTree.Index) -> Bool {
    get { marks[index] }
    set { marks[index] = newValue }
  }

  /// Whether the node or one of its ancestors is dropped.
  func covers(_ index: HTMLTree.Index, in tree: HTMLTree) -> Bool {
    var current = index
    while current > 0 {
      if marks[current] { return true }
      current = tree.parent(current)
    }
    return false
  }
}
