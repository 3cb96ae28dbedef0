import Concurrency
import Synchronization

/// A step of a flow, ready to take items.
struct FlowNode: Sendable {
  let call: StepCall
  let caching: StepCaching
  /// What every call gets; the item goes to the place ``argument``.
  let arguments: Arguments
  let argument: Int
  /// The node whose results it takes; nil for the source's items.
  let parent: Int?
  let fan: Fan
  /// How many of its calls go on at once, over all batches.
  let limit: Int
  let places: AsyncSemaphore
  /// Whether other nodes take its results.
  let hasChildren: Bool
  /// Whether somebody wants the list of its results.
  let isKept: Bool
  /// Whether somebody wants to know what became of each item.
  let keepsResults: Bool
  /// The name of the manifest, if somebody wants to know what is made no longer.
  let manifest: String?
  /// Whether the results' digests are wanted.
  let isKnown: Bool
  /// The only items to take; nil for all.
  let onlyItems: Set<String>?
  /// Whether there is one item for each of the source's, so that its place tells which it is.
  let isAligned: Bool
  /// Whether an item's absence says nothing, since something that the node takes, or the source, is partial.
  let isPartial: Bool
  /// Whether it takes no more items, since too many failed, or because of its ``fault``.
  let isBroken = Flag()
  /// Why the step fails as a whole, if one of its items met such an error.
  let fault = Fault()

  var signature: StepSignature { call.step.signature }

  /// Whether its calls are counted: those that wait are, and those of which the author said how many may go on.
  var isLimited: Bool { isSuspending || signature.concurrency != nil }

  /// Whether a call is nothing but a call of a function: nobody asks for versions, nothing is looked up or stored.
  var isQuick: Bool {
    fan.depth == 1 && call.isPlain && !isLimited && !isKnown && !caching.reads && !caching.writes
      && call.recorder.quarantined.isEmpty
  }

  /// Whether calls wait for something, so that several of a batch should go on at once.
  var isSuspending: Bool {
    if case .suspending = call.step.body { true } else { call.policy.retry.attempts > 1 }
  }
}

/// Something that turns true once.
final class Flag: Sendable {
  private let state = Atomic<Bool>(false)

  var isSet: Bool { state.load(ordering: .relaxed) }

  func set() { state.store(true, ordering: .relaxed) }
}
