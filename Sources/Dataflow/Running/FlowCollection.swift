import Foundation

/// What came of a flow's items, put together in the order of the source.
struct FlowCollection {
  /// Whether the run, or an item, was cancelled.
  var wasCancelled = false
  /// Whether the source failed before its end.
  var isCutShort = false
  /// Whether the source put items of its own aside.
  var isPartial = false
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
    sums[index].hasNamelessFailure = sums[index].hasNamelessFailure || outcome.hasNamelessFailure
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
    let hasFault = nodes.contains { $0.fault.failure != nil }
    for (index, node) in nodes.enumerated() {
      var outcome: StepOutcome
      if wasCancelled {
        outcome = StepOutcome(.cancelled)
      } else if let failure = node.fault.failure {
        outcome = StepOutcome(.failed(failure.cause))
      } else if hasFault || isCutShort || isMissing(node.parent.map { outcomes[$0].result }) {
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
    var held = Held(
      content: node.isKept ? .items(sum.kept) : .nothing, version: version,
      isPartial: node.isPartial || isPartial || failed > 0 || sum.produced < sum.taken, results: sum.results)
    if let version { held.resultsVersion = resultsVersion(version, sum.results) }
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
    settleManifest(of: node, sum, isRestricted: isRestricted, &held, &outcome)
    outcome.result = .value(held)
    outcome.items.out = count ?? sum.produced
    outcome.product = .init(
      count: count, bytes: node.isKnown && sum.bytes > 0 ? sum.bytes : nil, sha256: version, isItemized: true,
      isFlat: node.fan.isFlat, isStored: false)
    if sum.isStored, node.caching.writes, let digest = hashers[index].digest, let lines = hashers[index].lines {
      node.caching.cache?.storeItems(lines, digest)
      outcome.product.isStored = true
    }
    return outcome
  }

  /// The digest of what became of the items, of those that failed included.
  private func resultsVersion(_ version: String, _ results: [Result<HeldValue, FailedItem>]) -> String {
    var parts = [version]
    for (index, result) in results.enumerated() {
      guard case .failure(let failed) = result else { continue }
      parts += ["\(index)", failed.failure.step, failed.failure.item ?? "", failed.failure.error]
    }
    return parts.count == 1 ? version : Digest256(parts: parts).description
  }

  /// Compares with the last complete run: what was made then and is not now is removed, unless it is not known whether
  /// it is gone: its item failed, something above is partial, or the run covers only some of the items.
  private func settleManifest(
    of node: FlowNode, _ sum: FlowBatch.Outcome, isRestricted: Bool, _ held: inout Held, _ outcome: inout StepOutcome
  ) {
    guard let name = node.manifest, let cache = node.caching.cache, !node.caching.isPreview else { return }
    let earlier = cache.manifest(name) ?? CacheManifest(items: [], pending: [])
    let keys = Set(sum.manifest.map(\.key))
    let known = (earlier.items + earlier.pending).filter { !keys.contains($0.key) }
    let isUncertain = isRestricted || node.isPartial || isPartial || sum.hasNamelessFailure || !node.caching.writes
    let stays = isUncertain ? known : known.filter { sum.failed.contains($0.name) }
    let current = sum.manifest + stays
    let values = Set(current.map(\.value))
    let removed = isUncertain ? [] : known.filter { !sum.failed.contains($0.name) && !values.contains($0.value) }
    outcome.manifest = PendingManifest(name: name, items: current, removed: removed)
    guard !removed.isEmpty else { return }
    guard let elements = elements(of: removed, node, cache, except: current) else {
      // A value that cannot be read may be one that is still made: nothing is said until it can.
      node.call.recorder.warn(
        "\(removed.count) items are gone, but the cache cannot read what was made of them or of others; what must be "
          + "deleted is said by a later run")
      outcome.manifest?.isKept = true
      return
    }
    outcome.items.deleted = removed.count
    held.removed = elements
    held.removedVersion = Digest256(parts: removed.flatMap { [$0.name, $0.value.description] }).description
  }

  /// The values of what was removed, of a flat node their elements; those that other items still give are left out. Nil
  /// if one of them cannot be read.
  private func elements(
    of removed: [CacheManifest.Item], _ node: FlowNode, _ cache: OpenResultCache, except current: [CacheManifest.Item]
  ) -> [any Sendable]? {
    func value(_ item: CacheManifest.Item) -> (any Sendable)? {
      cache.value(for: item.value).flatMap { try? node.fan.item.decode($0) }
    }
    guard node.fan.isFlat else {
      let values = removed.compactMap(value)
      return values.count == removed.count ? values : nil
    }
    func elements(_ item: CacheManifest.Item) -> [(Digest256, any Sendable)]? {
      guard let list = value(item).flatMap({ node.fan.item.split?($0) }) else { return nil }
      let elements = list.compactMap { element in
        (try? node.fan.element.encode(element)).map { (Digest256(of: $0), element) }
      }
      return elements.count == list.count ? elements : nil
    }
    var gone: [(digest: Digest256, element: any Sendable)] = []
    for item in removed {
      guard let some = elements(item) else { return nil }
      gone += some
    }
    var candidates = Set(gone.map(\.digest))
    // One value after the other: what is current may be far more than what is gone.
    for item in current where !candidates.isEmpty {
      guard let some = elements(item) else { return nil }
      for (digest, _) in some { candidates.remove(digest) }
    }
    return gone.filter { candidates.contains($0.digest) }.map(\.element)
  }
}
