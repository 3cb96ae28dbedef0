import BSON
import Synchronization

/// A reader over a cursor of the server.
///
/// In the order of `_id`, which is that of a query without an order, it heals itself: when the connection breaks or the
/// server has forgotten the cursor (it does after ten minutes in which nobody asked), a new one begins behind the last
/// `_id` that was read. Nothing is read twice and nothing is missed, since the `_id` of a document never changes. For the
/// same reason such a reader can be parked, see ``OpenCursors``. A sorted reading fails when it breaks off.
final class MongoCursor: DocumentCursor {
  /// What is between two batches.
  private enum Phase {
    /// No cursor of the server is held: not yet, or it was parked, or it broke.
    case closed
    case open(MongoCursorHandle)
    /// A job has the handle.
    case working
    /// There is nothing more to read, or nobody wants it.
    case ended
  }

  private struct State {
    var phase = Phase.closed
    var place = Place()
  }

  /// Where the reading is.
  private struct Place {
    /// The last document's `_id`; nil before the first one.
    var lastID: BSONValue?
    var count = 0

    mutating func advance(over batch: RawBatch) {
      guard !batch.isEmpty else { return }
      count += batch.count
      var index = 0
      batch.forEach { document in
        index += 1
        if index == batch.count { lastID = value(of: .id, in: document) }
      }
    }
  }

  /// How often a cursor is opened again without having read anything.
  private static let maximumAttempts = 3

  let id: OpenCursors.ID
  private let query: Query
  private let allowsDiskUse: Bool
  private let pool: MongoClientPool
  private let state = Mutex(State())

  init(_ query: Query, pool: MongoClientPool, allowsDiskUse: Bool) {
    (self.query, self.pool, self.allowsDiskUse) = (query, pool, allowsDiskUse)
    id = cursorNumbers.wrappingAdd(1, ordering: .relaxed).newValue
  }

  deinit { close() }

  func next() async throws -> RawBatch? {
    do {
      return try await pool.run("reading \(query.collection)") { [self] in try readBatch() }
    } catch {
      // Cancelled or failed: nobody will ask again, or starts from the beginning.
      close()
      throw error
    }
  }

  func close() {
    let handle = state.withLock { state in
      defer { state.phase = .ended }
      if case .open(let handle) = state.phase { return handle as MongoCursorHandle? }
      return nil
    }
    if let handle { abandon(handle) }
  }

  /// Gives up the handle if it is idle; ``next()`` opens another one.
  func park() -> MongoCursorHandle? {
    state.withLock { state in
      guard case .open(let handle) = state.phase, query.isResumable else { return nil }
      state.phase = .closed
      return handle
    }
  }

  private func abandon(_ handle: MongoCursorHandle) {
    pool.openCursors.abandon(handle, of: id, isResumable: query.isResumable)
    pool.release { [pool] in pool.openCursors.closeAbandoned() }
  }

  // MARK: - On a thread of the pool

  private func readBatch() throws -> RawBatch? {
    let begun = state.withLock { state -> (handle: MongoCursorHandle?, place: Place)? in
      switch state.phase {
      case .open(let handle):
        state.phase = .working
        return (handle, state.place)
      case .closed:
        state.phase = .working
        return (nil, state.place)
      case .working, .ended: return nil
      }
    }
    guard var (handle, place) = begun else { return nil }
    if handle != nil { pool.openCursors.touch(id) }
    do {
      let (batch, hasMore) = try fill(&handle, &place)
      if !hasMore { drop(&handle) }
      finish(hasMore ? handle : nil, place, hasEnded: !hasMore)
      return batch.isEmpty ? nil : batch
    } catch {
      drop(&handle)
      finish(nil, place, hasEnded: true)
      throw error
    }
  }

  /// Puts the handle back, unless the reader was closed meanwhile.
  private func finish(_ handle: MongoCursorHandle?, _ place: Place, hasEnded: Bool) {
    let rest = state.withLock { state -> MongoCursorHandle? in
      state.place = place
      guard case .working = state.phase else { return handle }
      state.phase = hasEnded ? .ended : handle.map { .open($0) } ?? .closed
      return nil
    }
    if let rest { abandon(rest) }
  }

  private func fill(
    _ handle: inout MongoCursorHandle?, _ place: inout Place
  ) throws -> (batch: RawBatch, hasMore: Bool) {
    var batch = RawBatch()
    var failures = 0
    while true {
      let limit = query.limit.map { $0 - place.count }
      if let limit, limit <= 0 { return (batch, false) }
      do {
        let opened = try handle ?? open(place, limit: limit)
        handle = opened
        let hasMore = try opened.read(into: &batch, query)
        place.advance(over: batch)
        return (batch, hasMore && query.limit.map { place.count < $0 } ?? true)
      } catch let failure as MongoFailure {
        drop(&handle)
        failures += 1
        try check(
          failure, hasRead: place.count > 0 || !batch.isEmpty, isLast: batch.isEmpty && failures == Self.maximumAttempts
        )
        // What came before it goes out; the next batch begins behind it.
        place.advance(over: batch)
        if !batch.isEmpty { return (batch, true) }
      }
    }
  }

  /// - Throws: what ends the reading, if the failure does.
  private func check(_ failure: MongoFailure, hasRead: Bool, isLast: Bool) throws {
    guard failure.isTransient || failure.kind == .cursorLost, !isLast else { throw failure }
    if hasRead, !query.isResumable {
      throw WarehouseError.readingInterrupted(
        location: pool.address.location, collection: query.collection,
        reason: pool.address.redacted(failure.message))
    }
  }

  private func open(_ place: Place, limit: Int?) throws -> MongoCursorHandle {
    if let replaced = try pool.openCursors.add(self, isResumable: query.isResumable) { replaced.close() }
    do {
      let options = query.options(limit: limit, allowsDiskUse: allowsDiskUse)
      return try MongoCursorHandle(
        query.filter(after: place.lastID), options, in: query.collection, pool: pool)
    } catch {
      pool.openCursors.remove(id)
      throw error
    }
  }

  private func drop(_ handle: inout MongoCursorHandle?) {
    guard let open = handle else { return }
    handle = nil
    open.close()
    pool.openCursors.remove(id)
  }
}

private let cursorNumbers = Atomic<OpenCursors.ID>(0)
