import BSON
import CMongoc
import Synchronization

/// The connections to one MongoDB deployment.
///
/// libmongoc blocks, so every call of it runs as a job on a thread of ``BlockingExecutor``. Nothing can deadlock:
/// - A job waits for the network only, for at most the timeouts of its connection; never for another job, nor for a lock
///   that is held while something waits. So the threads never run dry.
/// - A job that is no cursor's takes one client and gives it back before it ends: as many as there are threads. It takes
///   at most one more of the connections of commands that may take long, which are as many.
/// - A cursor holds its client between its jobs. ``OpenCursors`` bounds how many cursors do: one that goes on from its
///   last `_id` gives its client up for another cursor while nobody asks it for anything, and opens again when it is
///   asked; sorted ones, which cannot do that, have a number of their own, past which opening one is an error.
/// - The pool has room for all of these together, so that a job never waits for a client. Readings may be nested,
///   interleaved and left open in any number and order; none waits for another one to end.
final class MongoClientPool: Sendable {
  /// What may be printed.
  let address: MongoAddress
  /// Whether writes are confirmed by a majority of the replicas.
  let waitsForMajority: Bool
  /// The cursors that hold clients.
  let openCursors: OpenCursors
  /// How long an answer is awaited by ``patiently(_:)``.
  let longCommandTimeout: Duration

  private let connections: MongoConnections
  /// The connections of commands that may take long; nil until the first of those comes.
  private let patientConnections = Mutex<MongoConnections?>(nil)
  private let connectPatiently: @Sendable () throws -> MongoConnections
  private let threads: BlockingExecutor

  /// Parses the URL and starts watching the servers. Blocks while the name of an `mongodb+srv` URL is looked up.
  init(url: String, options: WarehouseOptions) throws {
    mongocIsReady
    let uri = try MongoURI(url, options: options)
    (address, waitsForMajority) = (uri.address, uri.waitsForMajority)
    longCommandTimeout = options.longCommandTimeout
    let count = max(1, options.connections)
    openCursors = OpenCursors(threads: count)
    connections = try MongoConnections(uri, maximumClients: count + openCursors.maximumClients)
    connectPatiently = {
      try MongoConnections(MongoURI(url, options: options, isPatient: true), maximumClients: count)
    }
    threads = BlockingExecutor(label: "twin.warehouse.mongodb", threads: count)
  }

  deinit {
    // Jobs and open cursors hold a reference to the pool, so no client is out.
    let (connections, patientConnections) = (connections, patientConnections.withLock(\.self))
    threads.release {
      connections.close()
      patientConnections?.close()
    }
  }

  /// Runs an operation with a client of its own.
  ///
  /// - Parameters:
  ///   - operation: what is being done, for the error message: "storing articles".
  ///   - isWrite: whether a broken connection leaves it open if something was done.
  ///   - isLong: whether the server may have to walk through a whole collection: see ``patiently(_:)``.
  /// - Throws: ``WarehouseError``, with what libmongoc reports in the place of ``MongoFailure``.
  func withClient<Value: Sendable>(
    _ operation: String, isWrite: Bool = false, isLong: Bool = false,
    _ body: @Sendable @escaping (MongoClient) throws -> Value
  ) async throws -> Value {
    try await run(operation, isWrite: isWrite) { [self] in
      if isLong { return try patiently(body) }
      let client = try borrow()
      defer { giveBack(client) }
      return try body(client)
    }
  }

  /// Runs a job on a thread of the pool, with errors as ``withClient(_:isWrite:isLong:_:)`` has them.
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
  func borrow() throws -> MongoClient { try borrow(from: connections) }

  func giveBack(_ client: MongoClient) { connections.giveBack(client) }

  /// Lends a client on whose connection an answer is awaited for ``WarehouseOptions/longCommandTimeout``. Only jobs call
  /// this.
  func patiently<Value>(_ body: (MongoClient) throws -> Value) throws -> Value {
    let connections = try madePatientConnections()
    let client = try borrow(from: connections)
    defer { connections.giveBack(client) }
    return try body(client)
  }

  private func borrow(from connections: MongoConnections) throws -> MongoClient {
    guard let client = connections.borrow() else {
      throw WarehouseError.serverUnreachable(location: address.location, reason: "all connections are in use")
    }
    return client
  }

  /// Makes them for the first job that needs them; outside of the lock, since looking up a name takes its time.
  private func madePatientConnections() throws -> MongoConnections {
    if let known = patientConnections.withLock(\.self) { return known }
    let made = try connectPatiently()
    let first = patientConnections.withLock { connections in
      defer { connections = connections ?? made }
      return connections
    }
    guard let first else { return made }
    made.close()
    return first
  }
}

/// Initialises libmongoc once, and keeps it from writing its own log to standard error.
private let mongocIsReady: Void = {
  mongoc_init()
  mongoc_log_set_handler(nil, nil)
}()
