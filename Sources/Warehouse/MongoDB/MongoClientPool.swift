import BSON
import CMongoc

/// The connections to one MongoDB deployment.
///
/// libmongoc blocks, so every call of it runs as a job on a thread of ``BlockingExecutor``. Nothing can deadlock:
/// - A job waits for the network only, for at most the timeouts of the URL; never for another job, nor for a lock that
///   is held while something waits. So the threads never run dry.
/// - A job that is no cursor's takes one client and gives it back before it ends: as many as there are threads.
/// - A cursor holds its client between its jobs. ``OpenCursors`` bounds how many cursors do: one that goes on from its
///   last `_id` gives its client up for another cursor while nobody asks it for anything, and opens again when it is
///   asked; sorted ones, which cannot do that, have a number of their own, past which opening one is an error.
/// - The pool has room for all of these together, so that a job never waits for a client. Readings may be nested,
///   interleaved and left open in any number and order; none waits for another one to end.
final class MongoClientPool: Sendable {
  /// What may be printed.
  let address: MongoAddress
  /// The database's name.
  let database: String
  /// Whether writes are confirmed by a majority of the replicas.
  let waitsForMajority: Bool
  /// The cursors that hold clients.
  let openCursors: OpenCursors

  // A mongoc_client_pool_t is thread-safe (mongoc.org/libmongoc/current/mongoc_client_pool_t.html).
  nonisolated(unsafe) private let pool: OpaquePointer
  private let threads: BlockingExecutor

  /// Parses the URL and starts watching the servers. Blocks while the name of an `mongodb+srv` URL is looked up.
  init(url: String, options: WarehouseOptions) throws {
    mongocIsReady
    let uri = try MongoURI(url, options: options)
    (address, database, waitsForMajority) = (uri.address, uri.database, uri.waitsForMajority)
    var error = bson_error_t()
    guard let pool = mongoc_client_pool_new_with_error(uri.pointer, &error) else {
      throw WarehouseError.serverUnreachable(
        location: uri.address.location, reason: uri.address.redacted(mongocMessage(error)))
    }
    let count = max(1, options.connections)
    openCursors = OpenCursors(threads: count)
    // Version 2 reports errors by domain and code alone.
    mongoc_client_pool_set_error_api(pool, 2)
    mongoc_client_pool_set_appname(pool, "twin")
    mongoc_client_pool_max_size(pool, UInt32(count + openCursors.maximumClients))
    self.pool = pool
    threads = BlockingExecutor(label: "twin.warehouse.mongodb", threads: count)
  }

  deinit {
    // Joins libmongoc's monitor threads. Jobs and open cursors hold a reference to the pool, so no client is out.
    nonisolated(unsafe) let pool = pool
    threads.release { mongoc_client_pool_destroy(pool) }
  }

  /// Runs an operation with a client of its own.
  ///
  /// - Parameters:
  ///   - operation: what is being done, for the error message: "storing articles".
  ///   - isWrite: whether a broken connection leaves it open if something was done.
  /// - Throws: ``WarehouseError``, with what libmongoc reports in the place of ``MongoFailure``.
  func withClient<Value: Sendable>(
    _ operation: String, isWrite: Bool = false, _ body: @Sendable @escaping (MongoClient) throws -> Value
  ) async throws -> Value {
    try await run(operation, isWrite: isWrite) { [self] in
      let client = try borrow()
      defer { giveBack(client) }
      return try body(client)
    }
  }

  /// Runs a job on a thread of the pool, with errors as ``withClient(_:isWrite:_:)`` has them.
  func run<Value: Sendable>(
    _ operation: String, isWrite: Bool = false, _ body: @Sendable @escaping () throws -> Value
  ) async throws -> Value {
    try await threads.run { [address] in
      do {
        return try body()
      } catch let failure as MongoFailure {
        throw failure.error(address: address, operation: operation, isWrite: isWrite)
      } catch let error as BSONError {
        throw WarehouseError.serverRefused(
          location: address.location, operation: operation, reason: error.description)
      }
    }
  }

  /// Runs `body` when a thread is free, for what nobody waits for.
  func release(_ body: @Sendable @escaping () -> Void) {
    threads.release(body)
  }

  /// Takes a client. Only jobs do this, and each gives it back or leaves it to a cursor.
  func borrow() throws -> MongoClient {
    guard let pointer = mongoc_client_pool_pop(pool) else {
      throw WarehouseError.serverUnreachable(location: address.location, reason: "all connections are in use")
    }
    return MongoClient(pointer: pointer, database: database)
  }

  func giveBack(_ client: MongoClient) {
    mongoc_client_pool_push(pool, client.pointer)
  }
}

/// Initialises libmongoc once, and keeps it from writing its own log to standard error.
private let mongocIsReady: Void = {
  mongoc_init()
  mongoc_log_set_handler(nil, nil)
}()
