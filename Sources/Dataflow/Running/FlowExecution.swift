import Crypto
import Foundation

/// Runs a flow: takes items from its source, some at a time, and puts together in order what comes of them.
struct FlowExecution: Sendable {
  /// Where the items come from.
  enum Source: Sendable {
    case items([HeldValue], ValueType?)
    /// A step whose body gives a stream, with what it is called with.
    case stream(FlowSource)
  }

  let source: Source
  let nodes: [FlowNode]
  let observer: (any RunObserver)?
  /// Whether the run covers only some of the items, so that an item's absence says nothing.
  let isRestricted: Bool

  private static let largestBatch = 1024
  private static let streamBatch = 64

  /// - Returns: how each step of the flow ended: of the stream's first, if there is one, then of the nodes.
  func run() async -> [StepOutcome] {
    announce()
    var collected = FlowCollection(nodes: nodes)
    let clock = ContinuousClock.now
    var sourceOutcome: StepOutcome?
    do {
      switch source {
      case .items(let items, let type):
        try await feed(&collected, type: type, total: items.count, size: batchSize(of: items.count)) { take in
          for item in items where !hasFault { try await take(item) }
        }
      case .stream(let stream):
        let outcome = try await feed(stream, &collected)
        sourceOutcome = outcome
      }
    } catch is CancellationError {
      collected.wasCancelled = true
    } catch {
      sourceOutcome = StepOutcome(Task.isCancelled ? .cancelled : .failed(Attempts.unwrap(error).error))
      collected.isCutShort = true
    }
    if case .stream(let stream) = source {
      var outcome = sourceOutcome ?? StepOutcome(.cancelled)
      outcome.seconds = (ContinuousClock.now - clock).seconds
      outcome.take(stream.call.recorder)
      outcome.caching = stream.caching
      return [outcome] + (await collected.finish(isRestricted: isRestricted))
    }
    return await collected.finish(isRestricted: isRestricted)
  }

  private func announce() {
    guard let observer else { return }
    var total: Int?
    switch source {
    case .items(let items, _): total = items.count
    case .stream(let stream): observer.observe(.stepStarted(stream.call.step.signature.name, items: nil))
    }
    for node in nodes { observer.observe(.stepStarted(node.signature.name, items: node.isAligned ? total : nil)) }
  }

  /// How many items go together: one where calls wait, else so many that a batch is worth its task.
  private func batchSize(of count: Int?) -> Int {
    if nodes.contains(where: \.isSuspending) { return 1 }
    guard let count else { return Self.streamBatch }
    // At least four batches for each place in the window, so that uneven items still use all of them.
    return max(1, min(Self.largestBatch, count / (window * 4)))
  }

  /// Whether every step that could take an item has failed.
  private var isPointless: Bool { !nodes.isEmpty && nodes.allSatisfy(\.isBroken.isSet) }

  /// Whether a step has failed for a reason that ends the flow.
  private var hasFault: Bool { nodes.contains { $0.isBroken.isSet && $0.fault.failure != nil } }

  /// How many batches are under way at once.
  private var window: Int { max(1, nodes.map(\.limit).max() ?? 1) }

  private func feed(_ stream: FlowSource, _ collected: inout FlowCollection) async throws -> StepOutcome {
    let recorder = stream.call.recorder
    let started = Date()
    if stream.caching.isPreview, stream.caching.behaviour != .recompute {
      collected.isCutShort = true
      return StepOutcome(.pending)
    }
    let value = try await StepRecorder.$current.withValue(recorder) {
      try await stream.call.run(stream.arguments, item: nil)
    }
    guard let next = stream.type.next(value) else {
      throw DataflowError.wrongResult(
        step: stream.call.step.signature.name, expected: "ItemStream<\(stream.type.element.name)>")
    }
    var tally = stream
    try await StepRecorder.$current.withValue(recorder) {
      try await feed(&collected, type: stream.type.element, total: nil, size: batchSize(of: nil)) { take in
        while !isPointless, !hasFault, let item = try await next() {
          tally.note(item)
          try await take(.value(item))
        }
      }
    }
    if recorder.failureCount > 0 { collected.isPartial = true }
    recorder.span(started, Date())
    // What it gave is not all that it has.
    if hasFault { return StepOutcome(.skipped) }
    recorder.progress(completed: tally.count, total: tally.count)
    return try await tally.outcome()
  }

  /// Gives items to batches as they come. At most so many batches are under way or wait for an earlier one that what is
  /// in memory does not depend on the number of items.
  private func feed(
    _ collected: inout FlowCollection, type: ValueType?, total: Int?, size: Int,
    _ produce: ((HeldValue) async throws -> Void) async throws -> Void
  ) async throws {
    let window = window
    try await withThrowingTaskGroup(of: (Int, Int, [FlowBatch.Outcome]).self) { group in
      var waiting: [HeldValue] = []
      var started = 0
      var running = 0
      var position = 0
      func finishOne() async throws {
        guard let (number, count, outcomes) = try await group.next() else { return }
        running -= 1
        collected.add(outcomes, of: number, count: count, total: total)
      }
      func start() async throws {
        while running >= window || started - collected.merged >= window * 4 { try await finishOne() }
        let batch = FlowBatch(waiting, type: type, start: position, total: total, nodes: nodes)
        let (number, count) = (started, waiting.count)
        position += count
        started += 1
        running += 1
        waiting = []
        group.addTask {
          var batch = batch
          try await batch.run()
          return (number, count, batch.outcomes)
        }
      }
      try await produce { item in
        waiting.append(item)
        if waiting.count >= size { try await start() }
      }
      if !waiting.isEmpty { try await start() }
      while running > 0 { try await finishOne() }
    }
  }
}

/// A step that is the source of a flow, and what is known of the items that it gave.
struct FlowSource: Sendable {
  let call: StepCall
  let caching: StepCaching
  let type: StreamType
  let arguments: Arguments
  /// Whether somebody wants the list.
  let isKept: Bool
  let isKnown: Bool
  private(set) var count = 0
  private var kept: [HeldValue] = []
  private var bytes = 0
  private var hasher = ItemsHasher()

  init(
    call: StepCall, caching: StepCaching, type: StreamType, arguments: Arguments, isKept: Bool, isKnown: Bool
  ) {
    self.call = call
    self.caching = caching
    self.type = type
    self.arguments = arguments
    self.isKept = isKept
    self.isKnown = isKnown
  }

  mutating func note(_ item: any Sendable) {
    count += 1
    if isKept { kept.append(.value(item)) }
    guard isKnown else { return }
    if let data = try? type.element.encode(item) {
      bytes += data.count
      hasher.add(Digest256(of: data))
    } else {
      hasher.isComplete = false
    }
  }

  func outcome() async throws -> StepOutcome {
    let version = isKnown ? hasher.digest?.description : nil
    let held = Held(
      content: isKept ? .items(kept) : .nothing, version: version, isPartial: call.recorder.failureCount > 0)
    if isKept { try await call.check(try held.whole(call.step.signature), perItem: false) }
    var outcome = StepOutcome(.value(held))
    outcome.items = ItemCounts(out: count, computed: count)
    outcome.product = .init(count: count, bytes: isKnown ? bytes : nil, sha256: version, isItemized: true)
    return outcome
  }
}

/// The digest of a list of digests, each as 64 hexadecimal digits and a line feed.
struct ItemsHasher: Sendable {
  private var hasher = SHA256()
  /// Whether every item had a digest.
  var isComplete = true
  /// Longer lists are not kept as such: what is in memory must not grow with the items.
  private static let mostLines = 1_000_000

  /// What is hashed, if it is kept.
  private(set) var lines: Data?

  /// - Parameter keepsLines: whether the list itself is wanted, at 65 bytes for each item.
  init(keepsLines: Bool = false) {
    lines = keepsLines ? Data() : nil
  }

  mutating func add(_ digest: Digest256) {
    let line = Array("\(digest)\n".utf8)
    hasher.update(data: line)
    lines?.append(contentsOf: line)
    if let count = lines?.count, count > Self.mostLines * line.count { lines = nil }
  }

  var digest: Digest256? { isComplete ? Digest256(hasher.finalize()) : nil }
}
