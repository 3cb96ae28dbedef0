import BSON
import CMongoc

/// One client of the pool, used on one thread at a time.
///
/// Each method is one call of libmongoc with documents of ours going in and coming out, and throws ``MongoFailure``.
struct MongoClient {
  let pointer: OpaquePointer
  let database: String

  /// Runs a command that only reads, on the primary; libmongoc tries it once more when the connection breaks.
  func read(_ command: BSONDocument) throws -> BSONDocument {
    try withReply { reply, error in
      try command.withBSON {
        mongoc_client_read_command_with_opts(pointer, database, $0, nil, nil, reply, &error)
      }
    }
  }

  /// Runs a command that writes, with the write concern of the URL.
  @discardableResult
  func write(_ command: BSONDocument) throws -> BSONDocument {
    try withReply { reply, error in
      try command.withBSON { mongoc_client_write_command_with_opts(pointer, database, $0, nil, reply, &error) }
    }
  }

  /// What the primary takes.
  func limits() throws -> ServerLimits {
    var error = bson_error_t()
    guard let server = mongoc_client_select_server(pointer, true, nil, &error) else { throw MongoFailure(error) }
    defer { mongoc_server_description_destroy(server) }
    guard let hello = mongoc_server_description_hello_response(server) else { return ServerLimits(hello: [:]) }
    return ServerLimits(hello: try BSONDocument(copying: hello))
  }

  /// Lends every document that a filter means, as the primary has it now, whatever the URL says about reading.
  func find(
    _ filter: BSONDocument, in collection: String, options: BSONDocument = [:],
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
    defer { mongoc_read_prefs_destroy(primary) }
    try withCollection(collection) { collection in
      try filter.withBSON { filter in
        try options.withBSON { options in
          try forEach(of: mongoc_collection_find_with_opts(collection, filter, options, primary), body)
        }
      }
    }
  }

  /// The first document that a filter means, as the primary has it now.
  func first(
    _ filter: BSONDocument, in collection: String, sort: BSONDocument, options: BSONDocument = [:]
  ) throws -> [UInt8]? {
    var options = options
    options["sort"] = .document(sort)
    options["limit"] = .int64(1)
    var found: [UInt8]?
    try find(filter, in: collection, options: options) { found = Array($0) }
    return found
  }

  /// The results of an aggregation.
  ///
  /// - Parameter allowsDiskUse: whether the server is told that it may use its disk.
  func aggregate(
    _ stages: [BSONValue], in collection: String, allowsDiskUse: Bool
  ) throws -> [BSONDocument] {
    let pipeline: BSONDocument = ["pipeline": .array(stages)]
    var options: BSONDocument = ["batchSize": 1000]
    if allowsDiskUse { options["allowDiskUse"] = true }
    var results: [BSONDocument] = []
    try withCollection(collection) { collection in
      try pipeline.withBSON { pipeline in
        try options.withBSON { options in
          let cursor = mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, pipeline, options, nil)
          try forEach(of: cursor) { results.append(try BSONDocument(bytes: $0)) }
        }
      }
    }
    return results
  }

  /// The names of all collections but the server's own, in no order.
  func collectionNames() throws -> [String] {
    guard let pointer = mongoc_client_get_database(pointer, database) else { throw MongoFailure.outOfMemory }
    defer { mongoc_database_destroy(pointer) }
    let options: BSONDocument = ["nameOnly": true, "authorizedCollections": true, "filter": ["type": "collection"]]
    var names: [String] = []
    try options.withBSON {
      try forEach(of: mongoc_database_find_collections_with_opts(pointer, $0)) { collection in
        if case .string(let name) = try BSONDocument(bytes: collection)["name"] { names.append(name) }
      }
    }
    return names.filter { !$0.hasPrefix("system.") }
  }

  /// The indexes of a collection; none if there is no such collection.
  func indexes(of collection: String) throws -> [BSONDocument] {
    var indexes: [BSONDocument] = []
    try withCollection(collection) { collection in
      try forEach(of: mongoc_collection_find_indexes_with_opts(collection, nil)) {
        indexes.append(try BSONDocument(bytes: $0))
      }
    }
    return indexes
  }

  /// Changes all documents that the filter means.
  func updateMany(_ filter: BSONDocument, _ update: BSONDocument, in collection: String) throws -> UpdateOutcome {
    let reply = try withCollection(collection) { collection in
      try withReply { reply, error in
        try filter.withBSON { filter in
          try update.withBSON { mongoc_collection_update_many(collection, filter, $0, nil, reply, &error) }
        }
      }
    }
    return UpdateOutcome(matched: reply["matchedCount"]?.integer ?? 0, modified: reply["modifiedCount"]?.integer ?? 0)
  }

  /// Deletes what the filter means and says how many there were.
  func deleteMany(_ filter: BSONDocument, in collection: String) throws -> Int {
    let reply = try withCollection(collection) { collection in
      try withReply { reply, error in
        try filter.withBSON { mongoc_collection_delete_many(collection, $0, nil, reply, &error) }
      }
    }
    return reply["deletedCount"]?.integer ?? 0
  }

  /// Changes the first document of an order that the filter means, and gives it as it is then: one atomic step.
  ///
  /// - Parameter isUpsert: whether a document is made of the update if there is none.
  func findAndUpdate(
    _ filter: BSONDocument, sort: BSONDocument, update: BSONDocument, isUpsert: Bool, in collection: String
  ) throws -> [UInt8]? {
    guard let options = mongoc_find_and_modify_opts_new() else { throw MongoFailure.outOfMemory }
    defer { mongoc_find_and_modify_opts_destroy(options) }
    var flags = MONGOC_FIND_AND_MODIFY_RETURN_NEW.rawValue
    if isUpsert { flags |= MONGOC_FIND_AND_MODIFY_UPSERT.rawValue }
    mongoc_find_and_modify_opts_set_flags(options, mongoc_find_and_modify_flags_t(flags))
    _ = try sort.withBSON { mongoc_find_and_modify_opts_set_sort(options, $0) }
    _ = try update.withBSON { mongoc_find_and_modify_opts_set_update(options, $0) }
    let reply = try withCollection(collection) { collection in
      try withReply { reply, error in
        try filter.withBSON { mongoc_collection_find_and_modify_with_opts(collection, $0, options, reply, &error) }
      }
    }
    guard case .document(let value) = reply["value"] else { return nil }
    return try value.bytes()
  }

  func withCollection<Result>(_ name: String, _ body: (OpaquePointer) throws -> Result) throws -> Result {
    guard let collection = mongoc_client_get_collection(pointer, database, name) else {
      throw MongoFailure.outOfMemory
    }
    defer { mongoc_collection_destroy(collection) }
    return try body(collection)
  }

  private func withReply(_ body: (BSONPointer, inout bson_error_t) throws -> Bool) throws -> BSONDocument {
    // libmongoc initialises the reply anew; a fresh bson_t owns no memory that would be lost by that.
    guard let reply = bson_new() else { throw MongoFailure.outOfMemory }
    defer { bson_destroy(reply) }
    var error = bson_error_t()
    guard try body(reply, &error) else { throw MongoFailure(error) }
    return try BSONDocument(copying: reply)
  }

  private func forEach(of cursor: OpaquePointer?, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let cursor else { throw MongoFailure.outOfMemory }
    defer { mongoc_cursor_destroy(cursor) }
    var current: BSONPointer?
    while mongoc_cursor_next(cursor, &current), let document = current { try body(documentBytes(of: document)) }
    var error = bson_error_t()
    if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
  }
}
