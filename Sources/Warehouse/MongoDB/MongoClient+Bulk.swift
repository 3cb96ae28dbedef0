import BSON
import CMongoc

/// One write of a bulk.
enum MongoWrite: Sendable {
  /// A new document.
  case insert([UInt8])
  /// The document that the filter means is replaced; nothing is made if there is none.
  case replace(filter: [UInt8], by: [UInt8])
}

/// What the server says of a bulk.
struct MongoBulkResult {
  /// How many documents were inserted.
  var inserted = 0
  /// How many documents the filters of replacements meant.
  var matched = 0
  /// The writes that failed, by their index.
  var failures: [Int: MongoFailure] = [:]
  /// What the replicas did not confirm in time.
  var writeConcernFailure: MongoFailure?
  /// What became of the bulk as a whole when it is not known of each write what became of it.
  var failure: MongoFailure?
}

extension MongoClient {
  /// Writes all in as few commands as the server's limits allow, with the write concern of the URL.
  ///
  /// A connection that breaks is tried once more by libmongoc, under the same transaction number where the deployment
  /// knows such; that is how far this goes. The numbers of the result are what the server has confirmed.
  ///
  /// - Parameter ordered: whether a write that fails keeps those behind it from being done.
  /// - Throws: ``MongoFailure`` before anything was sent.
  func bulk(_ writes: [MongoWrite], ordered: Bool, in collection: String) throws -> MongoBulkResult {
    guard !writes.isEmpty else { return MongoBulkResult() }
    return try withCollection(collection) { collection in
      let bulk = try (["ordered": .bool(ordered)] as BSONDocument).withBSON {
        mongoc_collection_create_bulk_operation_with_opts(collection, $0)
      }
      guard let bulk else { throw MongoFailure.outOfMemory }
      defer { mongoc_bulk_operation_destroy(bulk) }
      try Self.options.withBSON { options in
        for write in writes { try add(write, to: bulk, options) }
      }
      guard let reply = bson_new() else { throw MongoFailure.outOfMemory }
      defer { bson_destroy(reply) }
      var error = bson_error_t()
      let server = mongoc_bulk_operation_execute(bulk, reply, &error)
      var result = MongoBulkResult(reply: try BSONDocument(copying: reply))
      if server == 0, result.failures.isEmpty, result.writeConcernFailure == nil {
        result.failure = MongoFailure(error)
      }
      return result
    }
  }

  /// Our encoder makes what libmongoc would look for once more, such as well-formed text; empty names it would refuse.
  private static var options: BSONDocument { ["validate": false] }

  private func add(_ write: MongoWrite, to bulk: OpaquePointer, _ options: BSONPointer) throws {
    var error = bson_error_t()
    let isAdded =
      switch write {
      case .insert(let document):
        try document.withBSON { mongoc_bulk_operation_insert_with_opts(bulk, $0, options, &error) }
      case .replace(let filter, let document):
        try filter.withBSON { filter in
          try document.withBSON {
            mongoc_bulk_operation_replace_one_with_opts(bulk, filter, $0, options, &error)
          }
        }
      }
    if !isAdded { throw MongoFailure(error) }
  }
}

extension MongoBulkResult {
  fileprivate init(reply: BSONDocument) {
    inserted = reply["nInserted"]?.integer ?? 0
    matched = reply["nMatched"]?.integer ?? 0
    if case .array(let errors) = reply["writeErrors"] {
      for case .document(let error) in errors {
        if let index = error["index"]?.integer { failures[index] = MongoFailure(reply: error) }
      }
    }
    if case .array(let errors) = reply["writeConcernErrors"], case .document(let error)? = errors.first {
      writeConcernFailure = MongoFailure(
        domain: MONGOC_ERROR_WRITE_CONCERN.rawValue, code: 64, message: MongoFailure(reply: error).message)
    }
  }
}

extension MongoFailure {
  /// An error that the server names in its answer.
  fileprivate init(reply error: BSONDocument) {
    let message = if case .string(let text) = error["errmsg"] { text } else { "the server gives no reason" }
    self.init(
      domain: MONGOC_ERROR_SERVER.rawValue, code: UInt32(clamping: error["code"]?.integer ?? 0), message: message)
  }
}
