/// Runs one step and sees how it went.
struct StepExecution: Sendable {
  let step: StepNode<Void>
  let arguments: [any Sendable]
  let observer: (any RunObserver)?
  /// The step's items that earlier runs put aside, if it matters whether they go well.
  let quarantined: Set<String>
  /// Whether to digest the value for a record.
  let isRecorded: Bool
  /// How many items run at once at most; nil for what the step declares.
  let itemConcurrency: Int?

  func run() async -> StepOutcome {
    let recorder = StepRecorder(step: step.signature.name, observer: observer, quarantined: quarantined)
    let started = ContinuousClock.now
    var outcome = StepOutcome(result: .cancelled)
    do {
      let (value, counts) = try await StepRecorder.$current.withValue(recorder) { try await work(recorder) }
      outcome.result = .value(value)
      outcome.items = counts
    } catch is CancellationError {
      outcome.result = .cancelled
    } catch {
      outcome.result = Task.isCancelled ? .cancelled : .failed(error)
    }
    outcome.seconds = (ContinuousClock.now - started).seconds
    outcome.notes = recorder.collected
    outcome.items.failed = outcome.notes.failures.count
    if let counted = outcome.notes.counted {
      outcome.items.computed = counted.computed
      outcome.items.cached = counted.cached
      outcome.items.deleted = counted.deleted
    }
    if isRecorded, case .value(let value) = outcome.result {
      outcome.count = value is String ? nil : (value as? any Collection)?.count
      outcome.digest = ArtifactDigest(of: value)
    }
    return outcome
  }

  private func work(_ recorder: StepRecorder) async throws -> (any Sendable, ItemCounts) {
    let signature = step.signature
    let arguments = Arguments(step: signature.name, values: arguments)
    guard let fan = signature.fan, let index = signature.needs.firstIndex(where: { $0.name == fan.need }) else {
      observer?.observe(.stepStarted(signature.name, items: nil))
      let value: any Sendable =
        switch step.body {
        case .plain(let work): try work((), arguments)
        case .suspending(let work): try await work((), arguments)
        }
      let produced = elementCount(of: value)
      let taken = arguments.values.map(elementCount(of:)).max() ?? 0
      return (value, ItemCounts(in: taken, out: produced, computed: produced))
    }
    guard let items = fan.splits[0](arguments.values[index]) else {
      throw DataflowError.wrongArgument(
        step: signature.name, index: index, expected: typeName(signature.needs[index].type))
    }
    observer?.observe(.stepStarted(signature.name, items: items.count))
    let fanOut = FanOut(
      step: step, fan: fan, argument: index, recorder: recorder,
      concurrency: itemConcurrency ?? signature.concurrency)
    let results = try await fanOut.run(items, arguments)
    guard let value = fan.joined(results) else {
      throw DataflowError.wrongResult(step: signature.name, expected: signature.produces.name)
    }
    let counts = ItemCounts(in: items.count, out: elementCount(of: value), computed: results.count)
    return (value, counts)
  }
}

/// How many items a value is: the elements of a list, set or dictionary, else one.
func elementCount(of value: any Sendable) -> Int {
  if value is String { return 1 }
  return (value as? any Collection)?.count ?? (value is Void ? 0 : 1)
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
