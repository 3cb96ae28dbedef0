import BSON
import Domain
import TestSupport

@testable import Warehouse

/// A MongoDB peer of one test's own, whose faults are no other's.
struct MongoPeer {
  let server: PeerServer
  let url: String
  /// A way to the peer beside that of the warehouse.
  let pool: MongoClientPool

  init(_ arguments: String...) throws {
    server = try PeerServer("mongo_server.py", arguments: arguments)
    url = "mongodb://127.0.0.1:\(server.port)/twin"
    pool = try MongoClientPool(url: url, options: WarehouseOptions())
  }

  func open() async throws -> Warehouse { try await Warehouse.open(url) }

  /// The n-th write from now on, and those behind it, lose their connection.
  func drop(atWrite write: Int, isAnswerLost: Bool, times: Int = 1) async throws {
    try await make(["dropAfterWrites": number(write), "beforeReply": .bool(isAnswerLost), "times": number(times)])
  }

  /// The n-th of these commands from now on, and those behind it, lose their connection.
  func drop(_ commands: [String], at place: Int = 1, isAnswerLost: Bool = true, times: Int = 1) async throws {
    try await make([
      "drop": .array(commands.map { .string($0) }), "after": number(place), "beforeReply": .bool(isAnswerLost),
      "times": number(times),
    ])
  }

  /// The next ones of these commands are answered with an error.
  func fail(_ commands: [String], code: Int, times: Int = 100) async throws {
    try await make(["fail": .array(commands.map { .string($0) }), "code": number(code), "times": number(times)])
  }

  /// The next ones of these commands are answered that much later.
  func delay(_ commands: [String], milliseconds: Int, times: Int = 100) async throws {
    try await make([
      "delay": .array(commands.map { .string($0) }), "milliseconds": number(milliseconds), "times": number(times),
    ])
  }

  /// The next writes are done and not confirmed by the replicas.
  func keepUnreplicated(_ count: Int) async throws { try await make(["unreplicated": number(count)]) }

  func forgetCursors() async throws { try await make(["forgetCursors": true]) }

  /// A counter of the peer.
  func count(_ name: String) async throws -> Int { try await make([:])[name]?.integer ?? 0 }

  /// How often a command came.
  func commands(_ name: String) async throws -> Int {
    guard case .document(let commands) = try await make([:])["commands"] else { return 0 }
    return commands[name]?.integer ?? 0
  }

  /// The read preference that a command had the last time.
  func mode(_ name: String) async throws -> BSONValue? {
    guard case .document(let modes) = try await make([:])["modes"] else { return nil }
    return modes[name]
  }

  /// How many writes each write command had.
  func batches() async throws -> [Int] {
    guard case .array(let batches) = try await make([:])["batches"] else { return [] }
    return batches.compactMap(\.integer)
  }

  @discardableResult
  private func make(_ fault: BSONDocument) async throws -> BSONDocument {
    let command = BSONDocument([.init(key: "twinTestFault", value: 1)] + fault.elements)
    return try await pool.withClient("making a fault") { try $0.read(command) }
  }

  private func number(_ value: Int) -> BSONValue { .int64(Int64(value)) }
}

extension MongoClientPool {
  /// Stores documents as another program may have.
  func store(_ documents: [BSONValue], in collection: String) async throws {
    _ = try await withClient("preparing") {
      try $0.write(["insert": .string(collection), "documents": .array(documents)])
    }
  }

  /// All documents as they are stored, in the order of their identifiers.
  func stored(in collection: String) async throws -> [BSONDocument] {
    try await withClient("reading") { client in
      var found: [BSONDocument] = []
      try client.find([:], in: collection, options: ["sort": ["_id": 1]]) { found.append(try BSONDocument(bytes: $0)) }
      return found
    }
  }
}
