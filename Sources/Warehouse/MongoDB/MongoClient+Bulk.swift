import CMongoc

extension MongoClient {
  /// Writes all in as few round trips as possible, unordered: one that fails keeps none of the others from being done.
  ///
  /// - Throws: ``MongoFailure`` when the bulk as a whole was not confirmed. It may be repeated: all writes are upserts.
  func bulk(_ writes: [MongoUpsert], in collection: String) throws -> MongoBulkResult {
    try withCollection(collection) { collection in
      let bulk = try (["ordered": false] as BSONDocument).withBSON {
        mongoc_collection_create_bulk_operation_with_opts(collection, $0)
      }
      guard let bulk else { throw BSONError.tooLarge }
      defer { mongoc_bulk_operation_destroy(bulk) }
      for write in writes { try add(write, to: bulk) }
      guard let reply = bson_new() else { throw BSONError.tooLarge }
      defer { bson_destroy(reply) }
      var error = bson_error_t()
      let server = mongoc_bulk_operation_execute(bulk, reply, &error)
      let answer = try BSONDecoder.decode(BulkReply.self, from: BSONDocument(copying: reply))
      // Without errors of single writes, a failure is one of the whole bulk; so is a write concern that was not met.
      let isConfirmed = (answer.writeConcernErrors ?? []).isEmpty
      if server == 0, answer.writeErrors?.isEmpty ?? true || !isConfirmed { throw MongoFailure(error) }
      return answer.result
    }
  }

  private func add(_ write: MongoUpsert, to bulk: OpaquePointer) throws {
    var error = bson_error_t()
    let isAdded = try write.filter.withBSON { filter in
      try (["upsert": true] as BSONDocument).withBSON { options in
        switch write.update {
        case .replace(let document):
          try document.withBSON { mongoc_bulk_operation_replace_one_with_opts(bulk, filter, $0, options, &error) }
        case .insert(let document):
          try (["$setOnInsert": .document(document)] as BSONDocument).withBSON {
            mongoc_bulk_operation_update_one_with_opts(bulk, filter, $0, options, &error)
          }
        }
      }
    }
    if !isAdded { throw MongoFailure(error) }
  }
}

private struct BulkReply: Decodable {
  struct Upserted: Decodable { let index: Int }

  struct WriteError: Decodable {
    let index: Int
    let code: UInt32
    let errmsg: String
  }

  struct WriteConcernError: Decodable {}

  let upserted: [Upserted]?
  let writeErrors: [WriteError]?
  let writeConcernErrors: [WriteConcernError]?

  var result: MongoBulkResult {
    MongoBulkResult(
      inserted: Set((upserted ?? []).map(\.index)),
      failures: Dictionary((writeErrors ?? []).map { ($0.index, ($0.code, $0.errmsg)) }) { first, _ in first })
  }
}
