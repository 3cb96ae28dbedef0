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

  private let nodes: [FlowNode]
  private let sourceType: ValueType?
  private let source: [HeldValue]
  /// The place of the batch's first item in the source, and how many items that has, if known.
  private let start: Int
  private let total: Int?
  /// What stands after each node; of a flat node its elements.
  private var entries: [[Entry]] = []
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
  private func inputs(of node: FlowNode, _ entries: [Entry]) async throws -> [Entry] {
    guard let only = node.onlyItems else { return entries }
    var taken: [Entry] = []
    for (index, entry) in entries.enumerated() {
      guard case .success = entry else { continue }
      let value = try await value(at: index, of: node.parent)
      if only.contains(name(of: value, index, node)) { taken.append(entry) }
    }
    return taken
  }

  private func apply(_ node: Int, to inputs: [Entry], _ outcome: inout Outcome) async throws -> [Entry] {
    if nodes[node].isSuspending, inputs.count > 1 {
      return try await applyConcurrently(node, to: inputs, &outcome)
    }
    if nodes[node].isQuick, inputs.allSatisfy(\.hasValue) { return try applyQuickly(node, to: inputs, &outcome) }
    var results: [Entry] = []
    results.reserveCapacity(inputs.count)
    for (index, input) in inputs.enumerated() {
      let (entry, isCached) = try await result(of: node, input, index)
      count(entry, isCached, in: &outcome)
      results.append(entry)
    }
    return results
  }

  /// The quick way for work that takes a microsecond: nothing suspends, and nothing is made that is not needed unless
  /// the work fails.
  private func applyQuickly(_ index: Int, to inputs: [Entry], _ outcome: inout Outcome) throws -> [Entry] {
    let node = nodes[index]
    guard case .plain(let work) = node.call.step.body else { return [] }
    var arguments = node.arguments
    var results: [Entry] = []
    results.reserveCapacity(inputs.count)
    for (position, input) in inputs.enumerated() {
      guard case .success(let item) = input, let held = item.value else {
        results.append(input)
        continue
      }
      let value = try loaded(held, node.parent)
      arguments.values[node.argument] = value
      do {
        let made = try work((), arguments)
        results.append(
          .success(Item(value: .value(made), root: item.root, place: position, origin: item.place)))
        outcome.computed += 1
      } catch let error as CancellationError {
        throw error
      } catch {
        var failed = failure(node, name(of: value, position, node), error)
        failed.root = item.root
        results.append(.failure(failed))
      }
    }
    return results
  }

  private func applyConcurrently(
    _ node: Int, to inputs: [Entry], _ outcome: inout Outcome
  ) async throws -> [Entry] {
    let batch = self
    var results = [Entry?](repeating: nil, count: inputs.count)
    try await withThrowingTaskGroup(of: (Int, Entry, Bool).self) { group in
      var next = 0
      func add() {
        guard next < inputs.count else { return }
        let (index, input) = (next, inputs[next])
        next += 1
        group.addTask {
          let (entry, isCached) = try await batch.result(of: node, input, index)
          return (index, entry, isCached)
        }
      }
      for _ in 0..<nodes[node].limit { add() }
      while let (index, entry, isCached) = try await group.next() {
        results[index] = entry
        count(entry, isCached, in: &outcome)
        add()
      }
    }
    return results.compactMap { $0 }
  }

  private func count(_ entry: Entry, _ isCached: Bool, in outcome: inout Outcome) {
    guard case .success = entry else {
      if case .failure(let failed) = entry, failed.isPending { outcome.pending += 1 }
      return
    }
    if isCached { outcome.cached += 1 } else { outcome.computed += 1 }
  }

  /// What a node makes of one item, and whether an earlier run had made it.
  private func result(of index: Int, _ input: Entry, _ position: Int) async throws -> (Entry, isCached: Bool) {
    let item: Item
    switch input {
    case .failure: return (input, false)
    case .success(let success): item = success
    }
    let node = nodes[index]
    var key: Digest256?
    if node.caching.reads || node.caching.writes {
      let known = item.version ?? item.value.flatMap { version(of: $0, node.parent) }
      key = known.flatMap { node.caching.digest(ofItem: $0) }
    }
    if let stored = node.caching.lookup(key) {
      var found = Item(
        stored: stored, version: stored.sha256, root: item.root, place: position, origin: item.place)
      let isNeeded = node.isKept || node.keepsResults || (node.hasChildren && node.fan.isFlat)
      if isNeeded { found.value = node.caching.cache?.read(stored).map { .json($0) } }
      if !isNeeded || found.value != nil {
        succeed(node, item, position)
        return (.success(found), true)
      }
    }
    if node.caching.isPreview, node.caching.behaviour != .recompute {
      let failure = Failure(step: node.signature.name, item: nil, error: "")
      return (.failure(FailedItem(failure: failure, root: item.root, isPending: true)), false)
    }
    do {
      let value = try await value(of: item, made: node.parent)
      var made = try await make(index, value, key, root: item.root, position)
      made.origin = item.place
      succeed(node, item, position)
      return (.success(made), false)
    } catch var failed as FailedItem {
      failed.root = item.root
      return (.failure(failed), false)
    }
  }

  private func succeed(_ node: FlowNode, _ item: Item, _ position: Int) {
    guard !node.call.recorder.quarantined.isEmpty else { return }
    let value = (item.value ?? source[item.root]).loaded(itemType(after: item.value == nil ? nil : node.parent))
    node.call.recorder.succeed(item: name(of: value, position, node))
  }

  /// Calls a node's body on an item, and keeps what comes of it.
  ///
  /// - Throws: ``FailedItem``, `CancellationError`.
  private func make(
    _ index: Int, _ value: any Sendable, _ key: Digest256?, root: Int, _ position: Int
  ) async throws -> Item {
    let node = nodes[index]
    let result: any Sendable
    var isComplete = true
    if node.fan.depth == 1, node.call.isPlain, !node.isLimited {
      result = try plain(node, value, position)
    } else {
      let name = name(of: value, position, node)
      (result, isComplete) = try await node.places.withPlaceIf(node.isLimited) {
        try await StepRecorder.$item.withValue(name) { try await nested(node, value, level: 1, name: name) }
      }
    }
    var item = Item(value: .value(result), root: root, place: position)
    guard node.isKnown || node.caching.writes else { return item }
    guard let data = try? node.fan.item.encode(result) else { return item }
    let digest = Digest256(of: data)
    item.version = digest
    if isComplete { item.stored = node.caching.store(data, digest, for: key) }
    return item
  }

  /// The quick way for work that takes a microsecond: nothing is made that is not needed unless it fails.
  private func plain(_ node: FlowNode, _ value: any Sendable, _ position: Int) throws -> any Sendable {
    var arguments = node.arguments
    arguments.values[node.argument] = value
    do {
      return try node.call.plain(arguments)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw failure(node, name(of: value, position, node), error)
    }
  }

  /// Calls the body on an item, or on the items of the lists that the item is.
  private func nested(
    _ node: FlowNode, _ value: any Sendable, level: Int, name: String
  ) async throws -> (any Sendable, isComplete: Bool) {
    guard level < node.fan.depth else { return (try await call(node, value, name), true) }
    guard let inner = node.fan.splits[level](value) else {
      throw failure(
        node, name,
        DataflowError.wrongArgument(
          step: node.signature.name, index: node.argument, expected: node.signature.needs[node.argument].name))
    }
    var results: [any Sendable] = []
    var isComplete = true
    for (index, item) in inner.enumerated() {
      do {
        let inside = "\(name), \(itemName(of: item, at: index, of: inner.count))"
        let (result, isWhole) = try await nested(node, item, level: level + 1, name: inside)
        results.append(result)
        isComplete = isComplete && isWhole
      } catch is FailedItem {
        isComplete = false
      }
    }
    guard let joined = node.fan.innerJoins[level - 1](results) else {
      throw failure(
        node, name,
        DataflowError.wrongResult(
          step: node.signature.name, expected: node.fan.item.name))
    }
    return (joined, isComplete)
  }

  private func call(_ node: FlowNode, _ value: any Sendable, _ name: String) async throws -> any Sendable {
    var arguments = node.arguments
    arguments.values[node.argument] = value
    do {
      if node.call.isPlain { return try node.call.plain(arguments) }
      return try await node.call.run(arguments, item: name)
    } catch let error as CancellationError {
      throw error
    } catch {
      try Task.checkCancellation()
      throw failure(node, name, error)
    }
  }

  private func failure(_ node: FlowNode, _ name: String, _ error: any Error) -> FailedItem {
    let (attempts, cause) = Attempts.unwrap(error)
    let recorder = node.call.recorder
    recorder.quarantine(item: name, reason: errorText(cause), attempts: attempts)
    if let limit = node.call.policy.maximumFailures, limit.isExceeded(by: recorder.failureCount, of: nil) {
      node.isBroken.set()
    }
    return FailedItem(
      failure: Failure(step: node.signature.name, item: name, error: errorText(cause), attempts: attempts))
  }

  /// The value of an item: at hand, from the cache or, where the cache has lost it, made again.
  private func value(of item: Item, made node: Int?) async throws -> any Sendable {
    if let value = item.value { return try loaded(value, node) }
    guard let node else { return () }
    if let stored = item.stored, let data = nodes[node].caching.cache?.read(stored) {
      return try loaded(.json(data), node)
    }
    guard
      case .success(let origin) = nodes[node].parent.map({ entries[$0][item.origin] })
        ?? .success(Item(value: source[item.root], root: item.root, place: item.root))
    else { return () }
    let value = try await value(of: origin, made: nodes[node].parent)
    guard case .value(let again)? = try await make(node, value, nil, root: item.root, item.origin).value else {
      return ()
    }
    return again
  }

  private func value(at index: Int, of node: Int?) async throws -> any Sendable {
    guard let node else { return try loaded(source[index], nil) }
    guard case .success(let item) = entries[node][index] else { return () }
    return try await value(of: item, made: node)
  }

  private func loaded(_ value: HeldValue, _ node: Int?) throws -> any Sendable {
    guard let type = itemType(after: node) else {
      guard case .value(let value) = value else { return () }
      return value
    }
    return try value.value(of: type)
  }

  /// The type of the items that stand after a node; of the source's for nil.
  private func itemType(after node: Int?) -> ValueType? {
    guard let node else { return sourceType }
    let fan = nodes[node].fan
    return fan.isFlat ? fan.element : fan.item
  }

  private func version(of value: HeldValue, _ node: Int?) -> Digest256? {
    switch value {
    case .json(let data): Digest256(of: data)
    case .value(let value): Dataflow.version(of: value)
    }
  }

  private func name(of value: any Sendable, _ index: Int, _ node: FlowNode) -> String {
    node.isAligned ? itemName(of: value, at: start + index, of: total) : itemName(of: value, at: index, of: nil)
  }

  /// Notes what became of the items for those who want the list, the failures or the digests.
  private func note(_ results: [Entry], of node: FlowNode, in outcome: inout Outcome) {
    for entry in results {
      switch entry {
      case .failure(let failed):
        if node.keepsResults { outcome.results.append(.failure(failed)) }
        if node.manifest != nil { outcome.failed.insert(rootName(failed.root)) }
      case .success(let item):
        if let value = item.value {
          if node.isKept { outcome.kept.append(value) }
          if node.keepsResults { outcome.results.append(.success(value)) }
        }
        outcome.produced += 1
        if node.fan.isFlat { count(elementsOf: item.value, node, in: &outcome) }
        if let version = item.version {
          if node.isKnown { outcome.digests.append(version) }
        } else {
          outcome.isKnown = false
        }
        outcome.bytes += item.stored?.byteCount ?? 0
        outcome.isStored = outcome.isStored && item.stored != nil
        if node.manifest != nil, let stored = item.stored {
          outcome.manifest.append(
            CacheManifest.Item(name: rootName(item.root), key: stored.key, value: stored.sha256))
        }
      }
    }
  }

  private func count(elementsOf value: HeldValue?, _ node: FlowNode, in outcome: inout Outcome) {
    guard let list = try? value?.value(of: node.fan.item) else { return outcome.areElementsCounted = false }
    outcome.elements += elementCount(of: list)
  }

  private func rootName(_ root: Int) -> String {
    itemName(of: source[root].loaded(sourceType), at: start + root, of: total)
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

extension FlowBatch.Entry {
  /// Whether nothing must be read before it can be used.
  fileprivate var hasValue: Bool {
    switch self {
    case .success(let item): item.value != nil
    case .failure: true
    }
  }
}

extension HeldValue {
  /// The value, or nothing where its JSON cannot be read; for names only.
  func loaded(_ type: ValueType?) -> any Sendable {
    switch self {
    case .value(let value): value
    case .json: (type.flatMap { try? value(of: $0) }) ?? ()
    }
  }
}

extension Semaphore {
  /// Does something in one of the places if `isLimited`, else at once.
  nonisolated(nonsending) func withPlaceIf<Value>(
    _ isLimited: Bool, _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    isLimited ? try await withPlace(work) : try await work()
  }
}
