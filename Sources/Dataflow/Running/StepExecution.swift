import Foundation

/// Runs a step that runs once, or takes its product from the cache.
struct StepExecution: Sendable {
  let call: StepCall
  let arguments: Arguments
  let caching: StepCaching
  let observer: (any RunObserver)?
  /// Whether the product's digest is wanted, for a record or for keys.
  let isKnown: Bool
  /// Whether something that it is called with is partial.
  let isPartial: Bool

  private var signature: StepSignature { call.step.signature }

  func run() async -> StepOutcome {
    let started = Date()
    let clock = ContinuousClock.now
    var outcome = StepOutcome(.cancelled)
    observer?.observe(.stepStarted(signature.name, items: nil))
    if let value = caching.lookup(caching.digest), let data = caching.cache?.read(value) {
      outcome = cached(value, data)
    } else if caching.isPreview, caching.behaviour != .recompute {
      outcome = StepOutcome(.pending)
    } else {
      if caching.reads { call.recorder.missCache() }
      outcome = await computed()
    }
    outcome.seconds = (ContinuousClock.now - clock).seconds
    call.recorder.span(started, Date())
    outcome.take(call.recorder)
    outcome.caching = caching
    return outcome
  }

  private func cached(_ value: CachedValue, _ data: Data) -> StepOutcome {
    let held = Held(content: .whole(.json(data)), version: value.sha256.description, isPartial: isPartial)
    var outcome = StepOutcome(.value(held))
    // What a list holds is not worth reading it for: one thing was taken from the cache.
    outcome.items = ItemCounts(out: 1, cached: 1)
    outcome.product = .init(bytes: value.byteCount, sha256: held.version, isStored: true)
    return outcome
  }

  private func computed() async -> StepOutcome {
    do {
      let value = try await StepRecorder.$current.withValue(call.recorder) {
        let value = try await call.run(arguments, item: nil)
        try await call.check(value, perItem: false)
        return value
      }
      return made(value)
    } catch is CancellationError {
      return StepOutcome(.cancelled)
    } catch {
      return StepOutcome(Task.isCancelled ? .cancelled : .failed(Attempts.unwrap(error).error))
    }
  }

  private func made(_ value: any Sendable) -> StepOutcome {
    // What was put aside on the way is tried again only if the step is.
    let isComplete = call.recorder.failureCount == 0
    var held = Held(content: .whole(.value(value)), isPartial: isPartial || !isComplete)
    var product = StepOutcome.Product()
    product.count = value is String ? nil : (value as? any Collection)?.count
    if isKnown, let data = try? signature.produces.encode(value) {
      let digest = Digest256(of: data)
      held.version = digest.description
      product.bytes = data.count
      product.sha256 = held.version
      product.isStored = isComplete && caching.store(data, digest, for: caching.digest) != nil
    }
    var outcome = StepOutcome(.value(held))
    outcome.product = product
    let produced = elementCount(of: value)
    let taken = arguments.values.map(elementCount(of:)).max() ?? 0
    outcome.items = ItemCounts(in: taken, out: produced, computed: produced)
    return outcome
  }
}

/// How many items a value is: the elements of a list, set or dictionary, else one.
func elementCount(of value: any Sendable) -> Int {
  if value is String { return 1 }
  return (value as? any Collection)?.count ?? (value is Void || value is Completion ? 0 : 1)
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
