import Foundation

/// Some items of a flow on their way through its nodes.
struct FlowBatch {
  /// An item between two nodes.
  struct Item: Sendable {
    /// Nil if it is in the cache and nobody has needed it so far.
    var value: HeldValue?
    var stored: CachedValue?
    var version: Digest256?
    /// The item of the source that it comes from, counted within the batch.
    let root: Int
    /// Where it stands among the entries of its node, for the items that come from it.
    var place: Int
    /// The place of the item that it comes from.
    var origin = 0
  }

  typealias Entry = Result<Item, FailedItem>

  /// What a node made of the batch.
  struct Outcome: Sendable {
    var kept: [HeldValue] = []
    var results: [Result<HeldValue, FailedItem>] = []
    /// Of each result, in order; not complete if one has no JSON.
    var digests: [Digest256] = []
    var manifest: [CacheManifest.Item] = []
    /// The names of items that failed, in this node or before, if there is a manifest.
    var failed: Set<String> = []
    /// Whether an item failed that has no name of its own, so that nobody can tell which it was in an earlier run.
    var hasNamelessFailure = false
    var taken = 0
    var computed = 0
    var cached = 0
    /// What a preview would have computed.
    var pending = 0
    var produced = 0
    /// The elements of all results of a flat node; not counted where a list stayed in the cache unread.
    var elements = 0
    var areElementsCounted = true
    var bytes = 0
    var isKnown = true
    var isStored = true
  }

  let nodes: [FlowNode]
  let sourceType: ValueType?
  let source: [HeldValue]
  /// The place of the batch's first item in the source, and how many items that has, if known.
  let start: Int
  let total: Int?
  /// What stands after each node; of a flat node its elements.
  private(set) var entries: [[Entry]] = []
  private(set) var outcomes: [Outcome] = []

  init(_ source: [HeldValue], type: ValueType?, start: Int, total: Int?, nodes: [FlowNode]) {
    self.source = source
    sourceType = type
    self.start = start
    self.total = total
    self.nodes = nodes
  }

  /// Takes the items through all nodes.
  ///
  /// - Throws: `CancellationError` only.
  mutating func run() async throws {
    let roots = source.enumerated().map { index, value in
      Entry.success(Item(value: value, root: index, place: index))
    }
    for index in nodes.indices {
      try Task.checkCancellation()
      let node = nodes[index]
      let inputs =
        node.isBroken.isSet ? [] : try await inputs(of: node, node.parent.map { entries[$0] } ?? roots)
      let began = Date()
      var outcome = Outcome()
      outcome.taken = inputs.count
      let results = try await StepRecorder.$current.withValue(node.call.recorder) {
        try await apply(index, to: inputs, &outcome)
      }
      node.call.recorder.span(began, Date())
      note(results, of: node, in: &outcome)
      outcomes.append(outcome)
      entries.append(node.hasChildren ? try expanded(results, of: node) : [])
    }
  }

  /// Which of the items a node takes: all, or those that are named.
  func inputs(of node: FlowNode, _ entries: [Entry]) async throws -> [Entry] {
    guard let only = node.onlyItems else { return entries }
    var taken: [Entry] = []
    for (index, entry) in entries.enumerated() {
      guard case .success = entry else { continue }
      let value = try await value(at: index, of: node.parent)
      if only.contains(name(of: value, index, node)) { taken.append(entry) }
    }
    return taken
  }

  /// Notes what became of the items for those who want the list, the failures or the digests.
  private func note(_ results: [Entry], of node: FlowNode, in outcome: inout Outcome) {
    for entry in results {
      switch entry {
      case .failure(let failed):
        if node.keepsResults { outcome.results.append(.failure(failed)) }
        if node.manifest != nil { keep(failed.root, in: &outcome) }
      case .success(let item):
        // Of a flat node that leaves out most of its items nothing must stay for those that it left out.
        let isEmpty = node.fan.isFlat && count(elementsOf: item.value, node, in: &outcome) == 0
        if let value = item.value {
          if node.isKept, !isEmpty { outcome.kept.append(value) }
          if node.keepsResults { outcome.results.append(.success(value)) }
        }
        outcome.produced += 1
        if let version = item.version {
          if node.isKnown { outcome.digests.append(version) }
        } else {
          outcome.isKnown = false
        }
        outcome.bytes += item.stored?.byteCount ?? 0
        outcome.isStored = outcome.isStored && item.stored != nil
        if node.manifest != nil {
          if let stored = item.stored {
            outcome.manifest.append(
              CacheManifest.Item(name: rootName(item.root), key: stored.key, value: stored.sha256))
          } else {
            // It is there, only the cache does not have it.
            keep(item.root, in: &outcome)
          }
        }
      }
    }
  }

  /// How many elements a result of a flat node has; nil if it stayed in the cache unread.
  private func count(elementsOf value: HeldValue?, _ node: FlowNode, in outcome: inout Outcome) -> Int? {
    guard let list = try? value?.value(of: node.fan.item) else {
      outcome.areElementsCounted = false
      return nil
    }
    let count = elementCount(of: list)
    outcome.elements += count
    return count
  }

  func rootName(_ root: Int) -> String {
    itemName(of: source[root].loaded(sourceType), at: start + root, of: total)
  }

  /// What earlier runs made of an item is not gone, though this run has nothing of it.
  private func keep(_ root: Int, in outcome: inout Outcome) {
    let value = source[root].loaded(sourceType)
    if hasOwnName(value) {
      outcome.failed.insert(itemName(of: value, at: start + root, of: total))
    } else {
      outcome.hasNamelessFailure = true
    }
  }

  /// What the next nodes take: the results, or of a flat node their elements.
  private func expanded(_ results: [Entry], of node: FlowNode) throws -> [Entry] {
    guard node.fan.isFlat else { return results }
    var elements: [Entry] = []
    for (index, entry) in results.enumerated() {
      switch entry {
      case .failure: elements.append(entry)
      case .success(let item):
        guard let value = try item.value?.value(of: node.fan.item), let list = node.fan.item.split?(value) else {
          continue
        }
        for element in list {
          elements.append(
            .success(Item(value: .value(element), root: item.root, place: elements.count, origin: index)))
        }
      }
    }
    return elements
  }
}
