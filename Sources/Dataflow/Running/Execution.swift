import Concurrency
import Foundation

/// Drives a plan: starts each step, or the steps that items flow through, when all that they need is there, some at a
/// time, and drops each value after its last reader.
struct Execution {
  /// How the steps ended, in the order of the plan; a step without an outcome was never started.
  private(set) var outcomes: [StepOutcome?]
  private(set) var wasCancelled = false

  private let plan: Plan
  private let steps: [StepNode<Void>]
  private let options: RunOptions
  private let cache: OpenResultCache?
  /// The items that earlier runs put aside, by step, if it matters.
  private let quarantined: [String: Set<String>]
  /// Whether what values are is of interest: for a record or for keys.
  private let isKnown: Bool
  private let isPreview: Bool
  private let units: [WorkUnit]
  private let uses: SlotUses

  private var slots: [Held?]
  /// How many readers a slot still has; what was asked for counts as one.
  private var readers: [Int]
  /// For each unit the units that need it, and how many units it waits for itself.
  private var dependents: [[Int]]
  private var waiting: [Int]
  private var ready: [Int] = []
  private var nextReady = 0

  init(
    plan: Plan, steps: [StepNode<Void>], options: RunOptions, cache: OpenResultCache? = nil,
    quarantined: [String: Set<String>] = [:], isKnown: Bool = false, isPreview: Bool = false
  ) {
    self.plan = plan
    self.steps = steps
    self.options = options
    self.cache = cache
    self.quarantined = quarantined
    self.isKnown = isKnown
    self.isPreview = isPreview
    let signatures = plan.steps.map { steps[$0.step].signature }
    var planner = FlowPlanner(plan, signatures)
    units = planner.makeUnits()
    uses = SlotUses(plan, signatures, units, graph: steps)
    let count = plan.steps.count
    outcomes = Array(repeating: nil, count: count)
    slots = Array(repeating: nil, count: count)
    slots += plan.given.map { value in
      Held(content: .whole(.value(value)), version: isKnown ? version(of: value)?.description : nil)
    }
    readers = uses.readers
    dependents = Array(repeating: [], count: units.count)
    waiting = Array(repeating: 0, count: units.count)
    connectUnits()
    ready = waiting.indices.filter { waiting[$0] == 0 }
  }

  private mutating func connectUnits() {
    var unitOf = Array(repeating: 0, count: plan.steps.count)
    for (index, unit) in units.enumerated() {
      for step in unit.steps { unitOf[step] = index }
    }
    for (index, unit) in units.enumerated() {
      var needed = Set<Int>()
      for step in unit.steps {
        for slot in plan.steps[step].arguments where slot < plan.steps.count && unitOf[slot] != index {
          needed.insert(unitOf[slot])
        }
      }
      for need in needed { dependents[need].append(index) }
      waiting[index] = needed.count
    }
  }

  /// The values asked for, as far as there are any.
  ///
  /// - Throws: what reading a value from the cache throws, `DecodingError` for instance.
  func values() throws -> [String: any Sendable] {
    var values: [String: any Sendable] = [:]
    for (name, slot) in plan.requested {
      guard let held = slots[slot] else { continue }
      values[name] = try held.whole(signature(of: slot))
    }
    return values
  }

  mutating func run() async {
    await withTaskGroup(of: UnitOutcome.self) { group in
      var running = 0
      while true {
        wasCancelled = wasCancelled || Task.isCancelled
        while !wasCancelled, running < options.concurrency, let index = takeReady() {
          start(index, &group)
          running += 1
        }
        guard running > 0, let outcome = await group.next() else { return }
        running -= 1
        finish(outcome)
        if wasCancelled { group.cancelAll() }
      }
    }
  }

  // MARK: Starting

  /// The next unit that can start. Units that miss something are finished on the way.
  private mutating func takeReady() -> Int? {
    while nextReady < ready.count {
      let index = ready[nextReady]
      nextReady += 1
      guard isBroken(units[index]) else { return index }
      finish(UnitOutcome(unit: index, steps: units[index].steps.map { skip($0) }))
    }
    return nil
  }

  /// Whether nothing of a unit can run, since a step that it needs has no value.
  private func isBroken(_ unit: WorkUnit) -> Bool {
    switch unit.kind {
    case .step(let step): isMissingNeeds(step)
    case .flow(let flow):
      flow.stream.map { isMissingNeeds($0) } ?? !hasValue(flow.source)
        || flow.stream == nil && usableNodes(of: flow).isEmpty
    }
  }

  private func isMissingNeeds(_ step: Int) -> Bool {
    plan.steps[step].arguments.enumerated().contains { !uses.isInner(step, $0.offset) && !hasValue($0.element) }
  }

  /// The nodes of a flow that have all that they need and whose parents have it, too.
  private func usableNodes(of flow: Flow) -> Set<Int> {
    var usable = Set<Int>()
    for (index, node) in flow.nodes.enumerated() where node.parent.map({ usable.contains($0) }) ?? true {
      if !isMissingNeeds(node.step) { usable.insert(index) }
    }
    return usable
  }

  private func hasValue(_ slot: Int) -> Bool {
    guard outcomes.indices.contains(slot) else { return true }
    if case .value? = outcomes[slot]?.result { return true }
    return false
  }

  private mutating func skip(_ step: Int) -> (Int, StepOutcome) {
    for (index, slot) in plan.steps[step].arguments.enumerated() where !uses.isInner(step, index) {
      dropReader(of: slot)
    }
    return (step, StepOutcome(.skipped))
  }

  private mutating func start(_ index: Int, _ group: inout TaskGroup<UnitOutcome>) {
    do {
      switch units[index].kind {
      case .step(let step):
        let caching = caching(of: step)
        let isPartial = hasPartialArgument(step)
        let execution = StepExecution(
          call: call(of: step), arguments: try takeArguments(of: step), caching: caching, observer: options.observer,
          isKnown: isKnown, isPartial: isPartial)
        group.addTask { UnitOutcome(unit: index, steps: [(step, await execution.run())]) }
      case .flow(let flow):
        let usable = usableNodes(of: flow)
        let skipped = flow.nodes.indices.filter { !usable.contains($0) }.map { skip(flow.nodes[$0].step) }
        let (execution, steps) = try flowExecution(flow, usable)
        group.addTask {
          UnitOutcome(unit: index, steps: skipped + zip(steps, await execution.run()).map { ($0, $1) })
        }
      }
    } catch {
      // A value that the cache gave cannot be read, or is not of the type that it should be.
      let steps = units[index].steps.map { ($0, StepOutcome(.failed(error))) }
      group.addTask { UnitOutcome(unit: index, steps: steps) }
    }
  }

  /// Whether something that a step takes from outside its flow is partial.
  private func hasPartialArgument(_ step: Int) -> Bool {
    plan.steps[step].arguments.enumerated().contains { index, slot in
      !uses.isInner(step, index) && slots[slot]?.isPartial == true
    }
  }

  private func call(of step: Int) -> StepCall {
    let node = steps[plan.steps[step].step]
    return StepCall(
      step: node, policy: options.policies[node.signature.name] ?? node.signature.policy,
      recorder: StepRecorder(
        step: node.signature.name, observer: options.observer, quarantined: quarantined[node.signature.name] ?? []))
  }

  private func caching(of step: Int) -> StepCaching {
    let node = steps[plan.steps[step].step]
    var needs = plan.steps[step].arguments.map { slot in
      let producer = signature(of: slot)
      let isIgnored = producer.map { (options.policies[$0.name] ?? $0.policy).cache == .ignore } ?? false
      return NeedVersion(version: slots[slot]?.version, isProduct: producer != nil, isIgnored: isIgnored)
    }
    for (index, need) in node.signature.needs.enumerated() {
      let held = slots[plan.steps[step].arguments[index]]
      switch need.form {
      case .value: break
      case .results: needs[index].version = held?.resultsVersion ?? held?.version
      case .removed: needs[index].version = held?.removedVersion ?? "none"
      }
    }
    return StepCaching(node, needs: needs, options: options, cache: cache, isKnown: isKnown, isPreview: isPreview)
  }

  /// A flow with those of its nodes that can run, and the planned steps that it will give the outcomes of, in order.
  private mutating func flowExecution(_ flow: Flow, _ usable: Set<Int>) throws -> (FlowExecution, [Int]) {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    var partial = Set(flow.nodes.indices.filter { hasPartialArgument(flow.nodes[$0].step) })
    if let stream = flow.stream, hasPartialArgument(stream) { partial.formUnion(flow.nodes.indices) }
    for (index, node) in flow.nodes.enumerated() where node.parent.map({ partial.contains($0) }) ?? false {
      partial.insert(index)
    }
    let source = try source(of: flow, usable)
    let parents = Set(flow.nodes.indices.filter { usable.contains($0) }.compactMap { flow.nodes[$0].parent })
    var nodes: [FlowNode] = []
    var planned = flow.stream.map { [$0] } ?? []
    var places: [Int: Int] = [:]
    for (index, node) in flow.nodes.enumerated() where usable.contains(index) {
      places[index] = nodes.count
      planned.append(node.step)
      let signature = steps[plan.steps[node.step].step].signature
      guard let fan = signature.fan else { continue }
      let caching = caching(of: node.step)
      let limit = options.itemConcurrency[signature.name] ?? signature.concurrency ?? cores
      nodes.append(
        FlowNode(
          call: call(of: node.step), caching: caching,
          arguments: try takeArguments(of: node.step, except: node.argument), argument: node.argument,
          parent: node.parent.flatMap { places[$0] }, fan: fan, limit: max(1, limit), places: AsyncSemaphore(limit),
          hasChildren: parents.contains(index),
          isKept: uses.needsList(node.step),
          keepsResults: uses.needsResults(node.step), manifest: manifestName(signature, node.step), isKnown: isKnown,
          onlyItems: options.onlyItems[signature.name],
          isAligned: node.parent.flatMap { places[$0] }.map { nodes[$0].isAligned && !nodes[$0].fan.isFlat } ?? true,
          isPartial: partial.contains(index)))
    }
    let execution = FlowExecution(
      source: source, nodes: nodes, observer: options.observer, isRestricted: options.isRestricted)
    return (execution, planned)
  }

  private mutating func source(of flow: Flow, _ usable: Set<Int>) throws -> FlowExecution.Source {
    if let stream = flow.stream, let signature = signature(of: stream), let type = signature.stream {
      let caching = caching(of: stream)
      return .stream(
        FlowSource(
          call: call(of: stream), caching: caching, type: type, arguments: try takeArguments(of: stream),
          isKept: uses.needsList(stream), isKnown: isKnown))
    }
    defer {
      for (index, node) in flow.nodes.enumerated() where usable.contains(index) && node.parent == nil {
        dropReader(of: flow.source)
      }
    }
    guard let held = slots[flow.source] else { return .items([], nil) }
    let producer = signature(of: flow.source)
    if case .items(let items) = held.content, producer?.fan?.isFlat != true {
      return .items(items, producer?.itemType)
    }
    guard let first = flow.nodes.first, let fan = signature(of: first.step)?.fan,
      let items = fan.splits[0](try held.whole(producer))
    else {
      throw DataflowError.wrongArgument(
        step: flow.nodes.first.flatMap { signature(of: $0.step)?.name } ?? "", index: 0,
        expected: producer?.produces.name ?? "a list")
    }
    return .items(items.map { .value($0) }, nil)
  }

  private func manifestName(_ signature: StepSignature, _ step: Int) -> String? {
    guard cache != nil, uses.isWatched(signature.name) else { return nil }
    return [options.pipeline, options.scope, signature.module, signature.name].joined(separator: "/")
  }

  // MARK: Values

  private func signature(of slot: Int) -> StepSignature? {
    plan.steps.indices.contains(slot) ? steps[plan.steps[slot].step].signature : nil
  }

  /// The values that a step's body is called with; nothing in the place of an argument that it takes one by one.
  private mutating func takeArguments(of step: Int, except fan: Int? = nil) throws -> Arguments {
    let needs = steps[plan.steps[step].step].signature.needs
    var values: [any Sendable] = []
    for (index, slot) in plan.steps[step].arguments.enumerated() {
      guard index != fan else {
        values.append(())
        continue
      }
      values.append(try value(of: needs[index], in: slot))
      dropReader(of: slot)
    }
    return Arguments(step: steps[plan.steps[step].step].signature.name, values: values)
  }

  private mutating func value(of need: Need, in slot: Int) throws -> any Sendable {
    guard let held = slots[slot] else { return () }
    let signature = signature(of: slot)
    switch need.form {
    case .value:
      let value = try held.whole(signature)
      if readers[slot] > 1 { slots[slot]?.content = .whole(.value(value)) }
      return value
    case .removed: return need.codec?.join?(held.removed) ?? ()
    case .results:
      var results: [Result<any Sendable, FailedItem>] = []
      if let signature, signature.fan != nil {
        for result in held.results {
          switch result {
          case .success(let value): results.append(.success(try value.value(of: signature.itemType)))
          case .failure(let failed): results.append(.failure(failed))
          }
        }
      } else {
        results = (need.codec?.split?(try held.whole(signature)) ?? []).map { .success($0) }
      }
      return need.makeResults?(results) ?? ()
    }
  }

  private mutating func dropReader(of slot: Int) {
    readers[slot] -= 1
    if readers[slot] == 0 { slots[slot] = nil }
  }

  // MARK: Ending

  private mutating func finish(_ outcome: UnitOutcome) {
    for (step, outcome) in outcome.steps {
      settle(step, outcome)
      if case .cancelled = outcome.result { wasCancelled = true }
    }
    for dependent in dependents[outcome.unit] {
      waiting[dependent] -= 1
      if waiting[dependent] == 0 { ready.append(dependent) }
    }
  }

  private mutating func settle(_ step: Int, _ outcome: StepOutcome) {
    var outcome = outcome
    if case .value(let held) = outcome.result {
      if readers[step] > 0 { slots[step] = held }
      // The slot owns the value now; keeping it here would keep it alive to the end of the run.
      outcome.result = .value(Held(content: .nothing, version: held.version))
    }
    outcomes[step] = outcome
    announce(step, outcome)
  }

  private func announce(_ index: Int, _ outcome: StepOutcome) {
    guard let observer = options.observer else { return }
    let signature = steps[plan.steps[index].step].signature
    if case .failed(let error) = outcome.result {
      observer.observe(.failed(Failure(step: signature.name, error: error)))
    }
    observer.observe(.stepEnded(outcome.record(signature)))
  }
}

/// How the steps of a unit ended.
private struct UnitOutcome: Sendable {
  let unit: Int
  let steps: [(step: Int, outcome: StepOutcome)]
}
