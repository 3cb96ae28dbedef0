import CMongoc

/// One of libmongoc's pools: connections on all of which an answer is awaited for the same time, since libmongoc knows no
/// other time than that of a connection.
struct MongoConnections: Sendable {
  private let database: String
  // A mongoc_client_pool_t is thread-safe (mongoc.org/libmongoc/current/mongoc_client_pool_t.html).
  nonisolated(unsafe) private let pool: OpaquePointer

  /// Starts watching the servers. Blocks while the name of an `mongodb+srv` URL is looked up.
  init(_ uri: MongoURI, maximumClients: Int) throws {
    var error = bson_error_t()
    guard let pool = mongoc_client_pool_new_with_error(uri.pointer, &error) else {
      throw WarehouseError.serverUnreachable(
        location: uri.address.location, reason: uri.address.redacted(mongocMessage(error)))
    }
    // Version 2 reports errors by domain and code alone.
    mongoc_client_pool_set_error_api(pool, 2)
    mongoc_client_pool_set_appname(pool, "twin")
    mongoc_client_pool_max_size(pool, UInt32(maximumClients))
    (self.pool, database) = (pool, uri.database)
  }

  /// Joins libmongoc's monitor threads. It blocks, and no client may be out.
  func close() { mongoc_client_pool_destroy(pool) }

  /// Takes a client; nil if all are in use for longer than `waitQueueTimeoutMS`.
  func borrow() -> MongoClient? {
    mongoc_client_pool_pop(pool).map { MongoClient(pointer: $0, database: database) }
  }

  func giveBack(_ client: MongoClient) {
    mongoc_client_pool_push(pool, client.pointer)
  }
}
