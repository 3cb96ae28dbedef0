/// Drives a plan: starts each step when all that it needs is there, some at a time, and drops each value after its last
/// reader.
struct Execution {
  /// How the steps ended, in the order of the plan; a step without an outcome was never started.
  private(set) var outcomes: [StepOutcome?]
  private(set) var wasCancelled = false

  private let plan: Plan
  private let steps: [StepNode<Void>]
  private let options: RunOptions
  /// Nil if no record is kept.
  private let journal: RunJournal?

  private var slots: [(any Sendable)?]
  /// How many readers a slot still has; what was asked for counts as one.
  private var readers: [Int]
  /// For each planned step the planned steps that need it, and how many steps it waits for itself.
  private var dependents: [[Int]]
  private var waiting: [Int]
  private var isBroken: [Bool]
  private var ready: [Int] = []
  private var nextReady = 0

  init(plan: Plan, steps: [StepNode<Void>], options: RunOptions, journal: RunJournal? = nil) {
    self.plan = plan
    self.steps = steps
    self.options = options
    self.journal = journal
    let count = plan.steps.count
    outcomes = Array(repeating: nil, count: count)
    slots = Array(repeating: nil, count: count) + plan.given.map { $0 }
    readers = Array(repeating: 0, count: slots.count)
    dependents = Array(repeating: [], count: count)
    waiting = Array(repeating: 0, count: count)
    isBroken = Array(repeating: false, count: count)
    for (index, step) in plan.steps.enumerated() {
      for slot in step.arguments {
        readers[slot] += 1
        guard slot < count else { continue }
        dependents[slot].append(index)
        waiting[index] += 1
      }
    }
    for slot in plan.requested.values { readers[slot] += 1 }
    ready = waiting.indices.filter { waiting[$0] == 0 }
  }

  /// The values asked for, as far as there are any.
  var values: [String: any Sendable] { plan.requested.compactMapValues { slots[$0] } }

  mutating func run() async {
    await withTaskGroup(of: (Int, StepOutcome).self) { group in
      var running = 0
      while true {
        wasCancelled = wasCancelled || Task.isCancelled
        while !wasCancelled, running < options.concurrency, let index = takeReady() {
          let step = steps[plan.steps[index].step]
          let execution = StepExecution(
            step: step, arguments: takeArguments(of: index), observer: options.observer,
            quarantined: journal?.quarantined[step.signature.name] ?? [], isRecorded: journal != nil,
            itemConcurrency: options.itemConcurrency[step.signature.name])
          group.addTask { (index, await execution.run()) }
          running += 1
        }
        guard running > 0, let (index, outcome) = await group.next() else { return }
        running -= 1
        finish(index, outcome)
        if wasCancelled { group.cancelAll() }
      }
    }
  }

  /// The next step that can start. Steps that miss something are finished on the way.
  private mutating func takeReady() -> Int? {
    while nextReady < ready.count {
      let index = ready[nextReady]
      nextReady += 1
      guard isBroken[index] else { return index }
      for slot in plan.steps[index].arguments { dropReader(of: slot) }
      finish(index, StepOutcome(result: .skipped))
    }
    return nil
  }

  private mutating func takeArguments(of index: Int) -> [any Sendable] {
    plan.steps[index].arguments.map { slot in
      defer { dropReader(of: slot) }
      // A step starts only when all its slots are filled.
      return slots[slot] ?? ()
    }
  }

  private mutating func dropReader(of slot: Int) {
    readers[slot] -= 1
    if readers[slot] == 0 { slots[slot] = nil }
  }

  private mutating func finish(_ index: Int, _ outcome: StepOutcome) {
    outcomes[index] = outcome
    var isMissing = true
    switch outcome.result {
    case .value(let value):
      if readers[index] > 0 { slots[index] = value }
      // The slot owns the value now; keeping it here would keep it alive to the end of the run.
      outcomes[index]?.result = .value(())
      isMissing = false
    case .cancelled: wasCancelled = true
    case .failed, .skipped: break
    }
    for dependent in dependents[index] {
      waiting[dependent] -= 1
      isBroken[dependent] = isBroken[dependent] || isMissing
      if waiting[dependent] == 0 { ready.append(dependent) }
    }
    announce(index, outcome)
  }

  private func announce(_ index: Int, _ outcome: StepOutcome) {
    guard let observer = options.observer else { return }
    let name = steps[plan.steps[index].step].signature.name
    if case .failed(let error) = outcome.result { observer.observe(.failed(Failure(step: name, error: error))) }
    observer.observe(.stepEnded(outcome.record(name: name)))
  }
}
