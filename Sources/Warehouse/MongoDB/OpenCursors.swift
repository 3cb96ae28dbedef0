import Synchronization

/// The cursors of a pool that hold a client, so that there are never too many of them.
///
/// When another one needs a place, it gets that of a cursor that nobody reads any more, or of the one that has been idle
/// for longest among those that can go on from the last `_id` they have read. There always is such a cursor, because
/// there are more places than threads, and a cursor that is neither abandoned nor idle has a thread.
final class OpenCursors: Sendable {
  /// A cursor's number in its pool; unlike its address, it is not used again.
  typealias ID = UInt64

  private struct Entry {
    weak var cursor: MongoCursor?
    let isResumable: Bool
    var lastUse: UInt64
  }

  private struct State {
    var entries: [ID: Entry] = [:]
    var uses: UInt64 = 0
  }

  private struct Abandoned {
    let id: ID
    let isResumable: Bool
    let handle: MongoCursorHandle
  }

  /// How many sorted readings may be open: each keeps a connection until it is at its end or let go.
  static let maximumSorted = 256

  /// How many resumable cursors hold a client.
  private let maximumResumable: Int
  private let threads: Int
  private let state = Mutex(State())
  // A lock of its own: parking a cursor may let go of its last reference, which abandons what it holds. This lock is
  // taken under the other one, never the other way round.
  private let abandoned = Mutex<[Abandoned]>([])

  init(threads: Int) {
    self.threads = threads
    maximumResumable = max(32, 2 * threads)
  }

  /// How many clients cursors may hold at once. One whose place was taken has its client for a moment longer, in the job
  /// that closes it.
  var maximumClients: Int { maximumResumable + Self.maximumSorted + threads }

  /// How many cursors hold a client now.
  var count: Int { state.withLock { $0.entries.count } }

  /// Says that a cursor is about to take a client.
  ///
  /// - Returns: a cursor of the server that no reader holds any longer, to be closed; nil if there was room.
  /// - Throws: ``MongoFailure`` when too many sorted readings are open.
  func add(_ cursor: MongoCursor, isResumable: Bool) throws(MongoFailure) -> MongoCursorHandle? {
    try state.withLock { state throws(MongoFailure) -> MongoCursorHandle? in
      let others = state.entries.filter { $0.value.isResumable == isResumable }
      var replaced: MongoCursorHandle?
      if others.count >= (isResumable ? maximumResumable : Self.maximumSorted) {
        replaced = takeAbandoned(isResumable: isResumable, &state)
        if replaced == nil, isResumable { replaced = park(others, &state) }
        if replaced == nil, !isResumable {
          throw MongoFailure(
            domain: 0, code: 0,
            message: "\(others.count) sorted readings are open at once; read them to their ends or let them go")
        }
      }
      state.uses += 1
      state.entries[cursor.id] = Entry(cursor: cursor, isResumable: isResumable, lastUse: state.uses)
      return replaced
    }
  }

  /// Says that a cursor was used.
  func touch(_ id: ID) {
    state.withLock { state in
      state.uses += 1
      state.entries[id]?.lastUse = state.uses
    }
  }

  /// Says that a cursor holds no client any more.
  func remove(_ id: ID) {
    state.withLock { _ = $0.entries.removeValue(forKey: id) }
  }

  /// Takes what a cursor held that nobody reads any more. It does not block.
  func abandon(_ handle: MongoCursorHandle, of id: ID, isResumable: Bool) {
    abandoned.withLock { $0.append(Abandoned(id: id, isResumable: isResumable, handle: handle)) }
  }

  /// Closes what was abandoned. It blocks.
  func closeAbandoned() {
    while let next = abandoned.withLock({ $0.popLast() }) {
      next.handle.close()
      remove(next.id)
    }
  }

  private func takeAbandoned(isResumable: Bool, _ state: inout State) -> MongoCursorHandle? {
    let taken = abandoned.withLock { list in
      list.firstIndex { $0.isResumable == isResumable }.map { list.remove(at: $0) }
    }
    guard let taken else { return nil }
    state.entries[taken.id] = nil
    return taken.handle
  }

  private func park(_ candidates: [ID: Entry], _ state: inout State) -> MongoCursorHandle? {
    for (id, entry) in candidates.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
      // One that is working now is passed over.
      guard let handle = entry.cursor?.park() else { continue }
      state.entries[id] = nil
      return handle
    }
    // Its last reference may have gone just now.
    return takeAbandoned(isResumable: true, &state)
  }
}
