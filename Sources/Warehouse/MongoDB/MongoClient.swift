import CMongoc

/// One client of the pool during one operation; used on the thread that took it only.
///
/// Each method is one call of libmongoc with documents of ours going in and coming out, and throws ``MongoFailure``.
struct MongoClient {
  let pointer: OpaquePointer
  let database: String

  /// Runs a command that only reads; libmongoc tries it once more when the connection breaks.
  func read(_ command: BSONDocument) throws -> BSONDocument {
    try withReply { reply, error in
      try command.withBSON {
        mongoc_client_read_command_with_opts(pointer, database, $0, nil, nil, reply, &error)
      }
    }
  }

  /// Runs a command that writes, with the write concern of the URL.
  func write(_ command: BSONDocument) throws {
    _ = try withReply { reply, error in
      try command.withBSON { mongoc_client_write_command_with_opts(pointer, database, $0, nil, reply, &error) }
    }
  }

  /// All documents that a filter means; `options` bounds them.
  func find(_ filter: BSONDocument, in collection: String, options: BSONDocument = [:]) throws -> [BSONDocument] {
    try findSome(filter, in: collection, options: options, maximumBytes: .max).documents
  }

  /// The first documents that a filter means, up to the one that makes them larger than `maximumBytes`.
  ///
  /// - Returns: the documents, and whether there may be more.
  func findSome(
    _ filter: BSONDocument, in collection: String, options: BSONDocument, maximumBytes: Int
  ) throws -> (documents: [BSONDocument], isCut: Bool) {
    try withCollection(collection) { collection in
      try filter.withBSON { filter in
        try options.withBSON { options in
          let cursor = mongoc_collection_find_with_opts(collection, filter, options, nil)
          return try documents(of: cursor, maximumBytes: maximumBytes)
        }
      }
    }
  }

  /// The results of an aggregation.
  func aggregate(_ stages: [BSONValue], in collection: String) throws -> [BSONDocument] {
    let pipeline: BSONDocument = ["pipeline": .array(stages)]
    return try withCollection(collection) { collection in
      try pipeline.withBSON {
        let cursor = mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, $0, nil, nil)
        return try documents(of: cursor, maximumBytes: .max).documents
      }
    }
  }

  /// Deletes what the filter means and says how many there were.
  func deleteMany(_ filter: BSONDocument, in collection: String) throws -> Int {
    let reply = try withCollection(collection) { collection in
      try withReply { reply, error in
        try filter.withBSON { mongoc_collection_delete_many(collection, $0, nil, reply, &error) }
      }
    }
    return try BSONDecoder.decode(DeleteReply.self, from: reply).deletedCount
  }

  /// The document that the filter means, or `document` if there is none, which is then stored: one atomic step.
  func findOrInsert(
    _ filter: BSONDocument, inserting document: BSONDocument, in collection: String
  ) throws -> BSONDocument? {
    guard let options = mongoc_find_and_modify_opts_new() else { throw BSONError.tooLarge }
    defer { mongoc_find_and_modify_opts_destroy(options) }
    let flags = MONGOC_FIND_AND_MODIFY_UPSERT.rawValue | MONGOC_FIND_AND_MODIFY_RETURN_NEW.rawValue
    mongoc_find_and_modify_opts_set_flags(options, mongoc_find_and_modify_flags_t(flags))
    try (["$setOnInsert": .document(document)] as BSONDocument).withBSON {
      _ = mongoc_find_and_modify_opts_set_update(options, $0)
    }
    let reply = try withCollection(collection) { collection in
      try withReply { reply, error in
        try filter.withBSON { mongoc_collection_find_and_modify_with_opts(collection, $0, options, reply, &error) }
      }
    }
    guard case .document(let value) = reply["value"] else { return nil }
    return value
  }

  func withCollection<Result>(_ name: String, _ body: (OpaquePointer) throws -> Result) throws -> Result {
    guard let collection = mongoc_client_get_collection(pointer, database, name) else { throw BSONError.tooLarge }
    defer { mongoc_collection_destroy(collection) }
    return try body(collection)
  }

  private func withReply(_ body: (BSONPointer, inout bson_error_t) throws -> Bool) throws -> BSONDocument {
    // libmongoc initialises the reply anew; a fresh bson_t owns no memory that would be lost by that.
    guard let reply = bson_new() else { throw BSONError.tooLarge }
    defer { bson_destroy(reply) }
    var error = bson_error_t()
    guard try body(reply, &error) else { throw MongoFailure(error) }
    return try BSONDocument(copying: reply)
  }

  private func documents(
    of cursor: OpaquePointer?, maximumBytes: Int
  ) throws -> (documents: [BSONDocument], isCut: Bool) {
    guard let cursor else { throw BSONError.tooLarge }
    defer { mongoc_cursor_destroy(cursor) }
    var documents: [BSONDocument] = []
    var bytes = 0
    var current: BSONPointer?
    while mongoc_cursor_next(cursor, &current), let document = current {
      documents.append(try BSONDocument(copying: document))
      bytes += Int(twin_bson_size(document))
      if bytes > maximumBytes { return (documents, true) }
    }
    var error = bson_error_t()
    if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
    return (documents, false)
  }
}

private struct DeleteReply: Decodable {
  let deletedCount: Int
}
