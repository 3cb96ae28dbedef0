extension FlowBatch {
  func apply(_ node: Int, to inputs: [Entry], _ outcome: inout Outcome) async throws -> [Entry] {
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
  func applyQuickly(_ index: Int, to inputs: [Entry], _ outcome: inout Outcome) throws -> [Entry] {
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
        var failed = failure(node, name(of: value, item.place, node), error)
        failed.root = item.root
        results.append(.failure(failed))
      }
    }
    return results
  }

  func applyConcurrently(
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

  func count(_ entry: Entry, _ isCached: Bool, in outcome: inout Outcome) {
    guard case .success = entry else {
      if case .failure(let failed) = entry, failed.isPending { outcome.pending += 1 }
      return
    }
    if isCached { outcome.cached += 1 } else { outcome.computed += 1 }
  }

  /// What a node makes of one item, and whether an earlier run had made it.
  func result(of index: Int, _ input: Entry, _ position: Int) async throws -> (Entry, isCached: Bool) {
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
        succeed(node, item)
        return (.success(found), true)
      }
    }
    if node.caching.isPreview, node.caching.behaviour != .recompute {
      let failure = Failure(step: node.signature.name, item: nil, error: "")
      return (.failure(FailedItem(failure: failure, root: item.root, isPending: true)), false)
    }
    do {
      let value = try await value(of: item, made: node.parent)
      var made = try await make(index, value, key, root: item.root, item.place)
      made.place = position
      made.origin = item.place
      succeed(node, item)
      return (.success(made), false)
    } catch let error as CancellationError {
      throw error
    } catch var failed as FailedItem {
      failed.root = item.root
      return (.failure(failed), false)
    } catch {
      // What the cache gave for the item is not what its type reads.
      let name = rootName(item.root)
      var failed = failure(node, name, error)
      failed.root = item.root
      return (.failure(failed), false)
    }
  }

  func succeed(_ node: FlowNode, _ item: Item) {
    guard !node.call.recorder.quarantined.isEmpty else { return }
    let value = (item.value ?? source[item.root]).loaded(itemType(after: item.value == nil ? nil : node.parent))
    node.call.recorder.succeed(item: name(of: value, item.place, node))
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
