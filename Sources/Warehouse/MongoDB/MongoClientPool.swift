import CMongoc

/// The connections to one MongoDB deployment.
///
/// libmongoc blocks, so every operation runs on a thread of ``BlockingExecutor``. There are as many threads as clients
/// in the pool, an operation takes one client and gives it back before it ends, and none waits for another: a thread
/// that runs always finds a client, and nothing can deadlock.
final class MongoClientPool: Sendable {
  /// Scheme, hosts and database: what may be printed.
  let location: String
  /// The database's name.
  let database: String

  private let password: String?
  // A mongoc_client_pool_t is thread-safe (mongoc.org/libmongoc/current/mongoc_client_pool_t.html).
  nonisolated(unsafe) private let pool: OpaquePointer
  private let threads: BlockingExecutor

  /// Parses the URL and starts watching the servers. Blocks while the name of an `mongodb+srv` URL is looked up.
  init(url: String, options: WarehouseOptions) throws {
    mongocIsReady
    let uri = try MongoURI(url, options: options)
    (location, database, password) = (uri.location, uri.database, uri.password)
    var error = bson_error_t()
    guard let pool = mongoc_client_pool_new_with_error(uri.pointer, &error) else {
      throw WarehouseError.serverUnreachable(location: uri.location, reason: bsonMessage(error))
    }
    // Version 2 reports errors by domain and code alone.
    mongoc_client_pool_set_error_api(pool, 2)
    mongoc_client_pool_set_appname(pool, "twin")
    mongoc_client_pool_max_size(pool, UInt32(max(1, options.connections)))
    self.pool = pool
    threads = BlockingExecutor(label: "twin.warehouse.mongodb", threads: max(1, options.connections))
  }

  deinit {
    // Joins libmongoc's monitor threads. Operations hold a reference to the pool, so none is running any more.
    nonisolated(unsafe) let pool = pool
    threads.release { mongoc_client_pool_destroy(pool) }
  }

  /// Runs an operation with a client of its own.
  ///
  /// - Parameter operation: what is being done, for the error message: "storing articles".
  /// - Throws: ``WarehouseError``, with what libmongoc reports in the place of ``MongoFailure``.
  func withClient<Value: Sendable>(
    _ operation: String, _ body: @Sendable @escaping (MongoClient) throws -> Value
  ) async throws -> Value {
    try await threads.run { [self] in
      guard let pointer = mongoc_client_pool_pop(pool) else {
        throw WarehouseError.serverUnreachable(location: location, reason: "all connections are in use")
      }
      defer { mongoc_client_pool_push(pool, pointer) }
      do {
        return try body(MongoClient(pointer: pointer, database: database))
      } catch let failure as MongoFailure {
        throw failure.error(location: location, operation: operation, secret: password)
      } catch let error as BSONError {
        throw WarehouseError.serverRefused(location: location, operation: operation, reason: error.description)
      }
    }
  }
}

/// Initialises libmongoc once, and keeps it from writing its own log to standard error.
private let mongocIsReady: Void = {
  mongoc_init()
  mongoc_log_set_handler(nil, nil)
}()
