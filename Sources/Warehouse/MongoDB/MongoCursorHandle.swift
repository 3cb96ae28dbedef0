import BSON
import CMongoc

/// A cursor of the server with the client that it belongs to.
///
/// Neither is thread-safe: whoever takes the handle out of a ``MongoCursor``, whose lock sees to it that this is one job
/// at a time, is the only one to use it. The pool outlives it.
struct MongoCursorHandle: Sendable {
  private let pool: MongoClientPool
  // See above for who guarantees that one thread uses them at a time.
  nonisolated(unsafe) private let client: MongoClient
  nonisolated(unsafe) private let cursor: OpaquePointer

  /// Takes a client from the pool and begins to read; nothing is sent yet.
  init(
    _ filter: BSONDocument, _ options: BSONDocument, in collection: String, pool: MongoClientPool
  ) throws {
    let client = try pool.borrow()
    do {
      let cursor = try client.withCollection(collection) { collection in
        try filter.withBSON { filter in
          try options.withBSON { mongoc_collection_find_with_opts(collection, filter, $0, nil) }
        }
      }
      guard let cursor else { throw MongoFailure.outOfMemory }
      (self.pool, self.client, self.cursor) = (pool, client, cursor)
    } catch {
      pool.giveBack(client)
      throw error
    }
  }

  /// Ends reading and gives the client back. It blocks, since a server that has more to give is told.
  func close() {
    mongoc_cursor_destroy(cursor)
    pool.giveBack(client)
  }

  /// Adds documents up to the bounds of a batch.
  ///
  /// - Returns: whether there may be more.
  /// - Throws: ``MongoFailure``; what was read before it is in the batch.
  func read(into batch: inout RawBatch, _ query: Query) throws -> Bool {
    var current: BSONPointer?
    while batch.count < max(1, query.batchSize), batch.bytes.count <= query.maximumBatchBytes {
      guard mongoc_cursor_next(cursor, &current), let document = current else {
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
        return false
      }
      batch.append(documentBytes(of: document))
    }
    return true
  }
}
