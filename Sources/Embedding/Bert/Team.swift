import Foundation
import Synchronization

/// The threads that compute one group together, and its memory: one thread as a rule, more for a text that is alone.
final class Team: @unchecked Sendable {
  // Sendable since each member has its own worker and its own rows of the workspace, and members meet before they read
  // rows of each other.

  private(set) var workspace: Workspace
  private(set) var workers: [EncoderWorker]
  private let arrived = Atomic(0)

  init(rows: Int, configuration: BertConfiguration, precision: Precision) {
    workspace = Workspace(rows: rows, configuration: configuration, precision: precision)
    workers = [EncoderWorker(configuration: configuration, precision: precision)]
  }

  /// Sees to it that there is room for `rows`, and a worker for each member.
  func prepare(rows: Int, members: Int) {
    let (configuration, precision) = (workers[0].configuration, workers[0].precision)
    if workspace.rows < rows {
      workspace = Workspace(rows: rows, configuration: configuration, precision: precision)
    }
    while workers.count < members {
      workers.append(EncoderWorker(configuration: configuration, precision: precision))
    }
    if members > 1 { workspace.prepareForSharing(configuration: configuration, precision: precision) }
    arrived.store(0, ordering: .relaxed)
  }

  /// Runs `body` once per member, at the same time: the members may wait for each other. Where a core is too busy for all
  /// to begin soon, the calling thread is the only member.
  ///
  /// A queue of Dispatch does not promise to run them at the same time, so that there are threads for it; starting one takes
  /// some 30 µs.
  ///
  /// - Parameter body: is told the member and how many there are.
  func perform(members: Int, _ body: @escaping @Sendable (_ member: Int, _ members: Int) -> Void) {
    let start = CommonStart()
    let done = DispatchGroup()
    for member in 1..<members {
      done.enter()
      Thread {
        if start.join() { body(member, members) }
        done.leave()
      }.start()
    }
    guard start.waits(for: members - 1) else { return body(0, 1) }
    body(0, members)
    done.wait()
  }

  /// Waits until all `members` have come here for the `time`-th time, counted from 1.
  func meet(members: Int, time: Int) {
    arrived.add(1, ordering: .acquiringAndReleasing)
    var turns = 0
    while arrived.load(ordering: .acquiring) < members * time {
      turns += 1
      // They come within microseconds of each other, unless a core is busy with something else.
      if turns > 10_000 { sched_yield() }
    }
  }
}

/// Where threads wait for each other before the first of them begins.
private final class CommonStart: Sendable {
  /// How long a thread that is to help may take to start; on an idle core it takes less than a tenth.
  private static let patience: UInt64 = 300_000

  private let arrived = Atomic(0)
  /// 0 until it is known whether all come: 1 if they do, 2 if not.
  private let decision = Atomic(0)

  /// Whether to go on with the others; called by each helper.
  func join() -> Bool {
    arrived.add(1, ordering: .acquiringAndReleasing)
    while decision.load(ordering: .acquiring) == 0 { sched_yield() }
    return decision.load(ordering: .acquiring) == 1
  }

  /// Whether `helpers` came in time; those that come later are sent away.
  func waits(for helpers: Int) -> Bool {
    let end = DispatchTime.now().uptimeNanoseconds + Self.patience
    while arrived.load(ordering: .acquiring) < helpers, DispatchTime.now().uptimeNanoseconds < end {}
    let all = arrived.load(ordering: .acquiring) == helpers
    decision.store(all ? 1 : 2, ordering: .releasing)
    return all
  }
}
