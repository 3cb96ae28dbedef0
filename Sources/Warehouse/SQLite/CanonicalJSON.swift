import BSON
import Foundation
import GRDB

/// A document as the embedded warehouse keeps it.
///
/// - Throws: `BSONError` when extended JSON cannot say what the document is: one with keys such as `$date` would be
///   read back as something else.
func canonicalJSON(of bson: [UInt8]) throws(BSONError) -> String {
  let json = try ExtendedJSON.json(from: bson, .canonical)
  if try !RawBSON.isPlain(bson), try ExtendedJSON.bson(from: json) != bson {
    throw .notJSON(reason: "a key that begins with $ means something else there")
  }
  return String(decoding: json, as: UTF8.self)
}

/// The document of a row with the columns of ``SQLiteTable``, as BSON; ``WarehouseError/unreadable(_:)`` if it is none.
func bson(of row: Row, in collection: String) -> Result<[UInt8], WarehouseError> {
  do {
    return .success(
      try row.withUnsafeData(named: "document") { data in
        try (data ?? .init()).withUnsafeBytes { try ExtendedJSON.bson(from: $0) }
      })
  } catch {
    return .failure(
      .unreadable(UnreadableDocument(collection: collection, storedID: row["id"], reason: readableReason(of: error))))
  }
}
