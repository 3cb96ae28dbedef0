/// What is started and ended together: one step, or the steps that items flow through one after the other.
struct WorkUnit: Sendable {
  enum Kind: Sendable {
    /// A step that runs once.
    case step(Int)
    /// Steps that items flow through.
    case flow(Flow)
  }

  var kind: Kind

  /// The planned steps in it, each after those that it needs.
  var steps: [Int] {
    switch kind {
    case .step(let step): [step]
    case .flow(let flow): (flow.stream.map { [$0] } ?? []) + flow.nodes.map(\.step)
    }
  }
}

/// Steps that take the items of one source, and of one another, one by one: a tree whose root is the source.
///
/// Items go through it depth first in batches, so that what stands between two steps is never a whole list unless
/// somebody else needs the list.
struct Flow: Sendable {
  struct Node: Sendable {
    /// The planned step.
    let step: Int
    /// The node whose results it takes; nil for the source's items.
    let parent: Int?
    /// Which of its arguments it takes one by one.
    let argument: Int
  }

  /// The slot that holds the list; that of the stream's step for a stream.
  let source: Int
  /// The planned step that gives the items as a stream; nil for a list.
  let stream: Int?
  /// Each after its parent.
  var nodes: [Node] = []
  /// See ``FlowPlanner``.
  let stage: Int
}
