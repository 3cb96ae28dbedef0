import Foundation

/// What came of a flow's items, put together in the order of the source.
struct FlowCollection {
  /// Whether the run, or an item, was cancelled.
  var wasCancelled = false
  /// Whether the source failed before its end.
  var isCutShort = false
  /// How many batches are in, from the first without a gap.
  private(set) var merged = 0

  private let nodes: [FlowNode]
  private var waiting: [Int: (count: Int, outcomes: [FlowBatch.Outcome])] = [:]
  private var sums: [FlowBatch.Outcome]
  private var hashers: [ItemsHasher]
  private var completed = 0

  init(nodes: [FlowNode]) {
    self.nodes = nodes
    sums = nodes.map { _ in FlowBatch.Outcome() }
    hashers = nodes.map { ItemsHasher(keepsLines: $0.isKnown && $0.caching.writes) }
  }

  /// Takes what a batch gave; it is put behind the batches before it as soon as those are in.
  mutating func add(_ outcomes: [FlowBatch.Outcome], of number: Int, count: Int, total: Int?) {
    waiting[number] = (count, outcomes)
    while let next = waiting.removeValue(forKey: merged) {
      merged += 1
      completed += next.count
      for (index, outcome) in next.outcomes.enumerated() {
        if outcome.computed > 0, sums[index].computed == 0, nodes[index].caching.reads {
          nodes[index].call.recorder.missCache()
        }
        merge(outcome, index)
      }
      for (index, node) in nodes.enumerated() {
        node.call.recorder.progress(
          completed: node.isAligned ? completed : sums[index].taken, total: node.isAligned ? total : nil)
      }
    }
  }

  private mutating func merge(_ outcome: FlowBatch.Outcome, _ index: Int) {
    sums[index].kept += outcome.kept
    sums[index].results += outcome.results
    sums[index].manifest += outcome.manifest
    sums[index].failed.formUnion(outcome.failed)
    sums[index].taken += outcome.taken
    sums[index].computed += outcome.computed
    sums[index].cached += outcome.cached
    sums[index].pending += outcome.pending
    sums[index].produced += outcome.produced
    sums[index].elements += outcome.elements
    sums[index].areElementsCounted = sums[index].areElementsCounted && outcome.areElementsCounted
    sums[index].bytes += outcome.bytes
    sums[index].isStored = sums[index].isStored && outcome.isStored
    if outcome.isKnown {
      for digest in outcome.digests { hashers[index].add(digest) }
    } else {
      hashers[index].isComplete = false
    }
  }

  /// How each node ended.
  func finish(isRestricted: Bool) async -> [StepOutcome] {
    var outcomes: [StepOutcome] = []
    for (index, node) in nodes.enumerated() {
      var outcome: StepOutcome
      if wasCancelled {
        outcome = StepOutcome(.cancelled)
      } else if isCutShort || isMissing(node.parent.map { outcomes[$0].result }) {
        outcome = StepOutcome(.skipped)
      } else {
        outcome = await finish(index, node, isRestricted: isRestricted)
      }
      outcome.items.in = sums[index].taken
      outcome.items.computed = sums[index].computed + sums[index].pending
      outcome.items.cached = sums[index].cached
      outcome.take(node.call.recorder)
      outcome.caching = node.caching
      if let started = outcome.notes.started, let ended = outcome.notes.ended {
        outcome.seconds = ended.timeIntervalSince(started)
      }
      outcomes.append(outcome)
    }
    return outcomes
  }

  private func isMissing(_ result: StepOutcome.Result?) -> Bool {
    switch result {
    case nil, .value: false
    default: true
    }
  }

  private func finish(_ index: Int, _ node: FlowNode, isRestricted: Bool) async -> StepOutcome {
    let sum = sums[index]
    if sum.pending > 0 || (node.caching.isPreview && node.caching.behaviour == .disable) {
      return StepOutcome(.pending)
    }
    let recorder = node.call.recorder
    let failed = recorder.failureCount
    if let limit = node.call.policy.maximumFailures, limit.isExceeded(by: failed, of: sum.taken) {
      let first = recorder.collected.failures.first
      return StepOutcome(
        .failed(
          DataflowError.tooManyFailures(
            step: node.signature.name, failed: failed, of: sum.taken,
            first: first.map { "\($0.item ?? ""): \($0.error)" } ?? "")))
    }
    let version = node.isKnown ? hashers[index].digest?.description : nil
    var held = Held(content: node.isKept ? .items(sum.kept) : .nothing, version: version, results: sum.results)
    let count = node.fan.isFlat ? (sum.areElementsCounted ? sum.elements : nil) : sum.produced
    do {
      if node.isKept, node.signature.checks.contains(where: { !$0.isPerItem }) {
        let list = try held.whole(node.signature)
        held.content = .whole(.value(list))
        try await StepRecorder.$current.withValue(recorder) { try await node.call.check(list, perItem: false) }
      }
    } catch is CancellationError {
      return StepOutcome(.cancelled)
    } catch {
      return StepOutcome(.failed(error))
    }
    var outcome = StepOutcome(.value(held))
    if !isRestricted { settleManifest(of: node, sum, &held, &outcome) }
    outcome.result = .value(held)
    outcome.items.out = count ?? sum.produced
    outcome.product = .init(
      count: count, bytes: node.isKnown && sum.bytes > 0 ? sum.bytes : nil, sha256: version, isItemized: true,
      isFlat: node.fan.isFlat, isStored: sum.isStored && node.caching.writes)
    if outcome.product.isStored, let digest = hashers[index].digest, let lines = hashers[index].lines {
      node.caching.cache?.storeItems(lines, digest)
    }
    return outcome
  }

  /// Compares with the last complete run: what was made then and is not now is removed, unless its item failed.
  private func settleManifest(
    of node: FlowNode, _ sum: FlowBatch.Outcome, _ held: inout Held, _ outcome: inout StepOutcome
  ) {
    guard let name = node.manifest, let cache = node.caching.cache else { return }
    let earlier = cache.manifest(name) ?? CacheManifest(items: [], pending: [])
    let keys = Set(sum.manifest.map(\.key))
    let stays = earlier.items.filter { !keys.contains($0.key) && sum.failed.contains($0.name) }
    let current = sum.manifest + stays
    let values = Set(current.map(\.value))
    let removed = (earlier.items + earlier.pending).filter {
      !keys.contains($0.key) && !sum.failed.contains($0.name) && !values.contains($0.value)
    }
    outcome.manifest = PendingManifest(name: name, items: current, removed: removed)
    guard !removed.isEmpty else { return }
    outcome.items.deleted = removed.count
    held.removed = elements(of: removed, node, cache, except: current)
  }

  /// The values of what was removed, of a flat node their elements; those that other items still give are left out.
  private func elements(
    of removed: [CacheManifest.Item], _ node: FlowNode, _ cache: OpenResultCache, except current: [CacheManifest.Item]
  ) -> [any Sendable] {
    func values(_ items: [CacheManifest.Item]) -> [any Sendable] {
      items.compactMap { item in
        cache.value(for: item.value).flatMap { try? node.fan.item.decode($0) }
      }
    }
    guard node.fan.isFlat else { return values(removed) }
    func elements(_ items: [CacheManifest.Item]) -> [(Digest256?, any Sendable)] {
      values(items).flatMap { list in
        (node.fan.item.split?(list) ?? []).map { element in
          ((try? node.fan.element.encode(element)).map { Digest256(of: $0) }, element)
        }
      }
    }
    let present = Set(elements(current).compactMap(\.0))
    return elements(removed).filter { digest, _ in digest.map { !present.contains($0) } ?? true }.map(\.1)
  }
}
