/// Who reads the product of each step of a plan, and in which form: what nobody reads as a list is never one.
struct SlotUses: Sendable {
  /// How many readers each slot has outside of its own flow; what was asked for counts as one.
  private(set) var readers: [Int]
  private var lists: [Bool]
  private var results: [Bool]
  /// The steps of the whole graph of which some step wants to know what is removed.
  private let watched: Set<String>
  /// For each planned step the argument that comes item by item inside its flow; nil for none.
  private var inner: [Int?]

  init(_ plan: Plan, _ signatures: [StepSignature], _ units: [WorkUnit], graph: [StepNode<Void>]) {
    let count = plan.steps.count + plan.given.count
    readers = Array(repeating: 0, count: count)
    lists = Array(repeating: false, count: count)
    results = Array(repeating: false, count: count)
    inner = Array(repeating: nil, count: plan.steps.count)
    watched = Set(graph.flatMap(\.signature.needs).filter { $0.form == .removed }.map(\.name))
    for unit in units {
      guard case .flow(let flow) = unit.kind else { continue }
      for node in flow.nodes where node.parent != nil || flow.stream != nil { inner[node.step] = node.argument }
    }
    for (step, planned) in plan.steps.enumerated() {
      for (index, slot) in planned.arguments.enumerated() where inner[step] != index {
        readers[slot] += 1
        switch signatures[step].needs[index].form {
        case .value: lists[slot] = true
        case .results: results[slot] = true
        case .removed: break
        }
      }
      // What has to meet checks as a whole has to be there as a whole.
      if signatures[step].checks.contains(where: { !$0.isPerItem }) { lists[step] = true }
    }
    for slot in plan.requested.values {
      readers[slot] += 1
      lists[slot] = true
    }
  }

  /// Whether an argument comes item by item from within the step's flow.
  func isInner(_ step: Int, _ argument: Int) -> Bool { inner[step] == argument }

  func needsList(_ slot: Int) -> Bool { lists[slot] }
  func needsResults(_ slot: Int) -> Bool { results[slot] }
  func isWatched(_ name: String) -> Bool { watched.contains(name) }
}
