import BSON
import CMongoc

/// A `bson_t` of libbson. It is over-aligned, so Swift knows it by its address only.
typealias BSONPointer = OpaquePointer

extension [UInt8] {
  /// Lends a document's bytes to libmongoc without copying them; the pointer is valid only in `body`.
  func withBSON<Result>(_ body: (BSONPointer) throws -> Result) throws -> Result {
    try withUnsafeBufferPointer { bytes in
      guard let view = twin_bson_view_new(bytes.baseAddress, bytes.count) else {
        throw BSONError.corrupt(offset: 0, reason: "it is not as long as it says")
      }
      defer { twin_bson_view_destroy(view) }
      return try body(view)
    }
  }
}

extension BSONDocument {
  /// Encodes the document and lends it to libmongoc; the pointer is valid only in `body`.
  func withBSON<Result>(_ body: (BSONPointer) throws -> Result) throws -> Result {
    try bytes().withBSON(body)
  }

  /// Copies a document out of libbson.
  init(copying bson: BSONPointer) throws {
    try self.init(bytes: documentBytes(of: bson))
  }
}

/// The bytes of a document of libbson, which are valid as long as it is.
func documentBytes(of bson: BSONPointer) -> UnsafeRawBufferPointer {
  UnsafeRawBufferPointer(start: bson_get_data(bson), count: Int(twin_bson_size(bson)))
}
