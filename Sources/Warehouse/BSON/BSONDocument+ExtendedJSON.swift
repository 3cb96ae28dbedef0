import CMongoc

extension BSONDocument {
  /// Reads MongoDB's extended JSON, version 1 or 2, canonical or relaxed
  /// (<https://github.com/mongodb/specifications/blob/master/source/extended-json.md>), of which plain JSON is a part.
  init(extendedJSON bytes: [UInt8]) throws {
    var error = bson_error_t()
    guard let bson = bson_new_from_json(bytes, bytes.count, &error) else {
      throw BSONError.notJSON(reason: bsonMessage(error))
    }
    defer { bson_destroy(bson) }
    try self.init(copying: bson)
  }

  /// Relaxed extended JSON on one line, which mongoimport reads.
  func extendedJSON() throws -> [UInt8] {
    try withBSON { bson in
      var length = 0
      guard let text = bson_as_relaxed_extended_json(bson, &length) else { throw BSONError.corrupt }
      defer { bson_free(text) }
      return Array(UnsafeRawBufferPointer(start: text, count: length))
    }
  }
}

/// The message of an error of libbson or libmongoc.
func bsonMessage(_ error: bson_error_t) -> String {
  withUnsafePointer(to: error) { String(cString: twin_bson_error_message($0)) }
}
