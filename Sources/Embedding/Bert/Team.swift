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

  /// Runs `body` once per member, at the same time: the members may wait for each other.
  ///
  /// A queue of Dispatch does not promise that, so that there are threads for it; starting one takes some 30 µs.
  func perform(members: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let done = DispatchGroup()
    for member in 1..<members {
      done.enter()
      Thread {
        body(member)
        done.leave()
      }.start()
    }
    body(0)
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
