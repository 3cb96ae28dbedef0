import BSON

/// The filter that means a stored document as long as it is what it was when it was read.
struct MongoGuard {
  /// Larger values of a document that is too large to be compared as a whole are left out.
  private static let maximumValueBytes = 1024
  /// All conditions together. Beside a document of the largest size, a server takes 16 KiB in one command.
  private static let maximumBytes = 8192

  let bson: BSONDocument

  /// - Parameters:
  ///   - stored: the document as it was read.
  ///   - replacement: what goes with the filter in one command.
  init(_ stored: [UInt8], replacement: [UInt8], _ limits: ServerLimits) throws {
    guard let id = value(of: .id, in: stored) else { throw BSONError.corrupt(offset: 0, reason: "it has no _id") }
    // What other programs have written may be more than can be read; then only its size is compared.
    let document = (try? BSONDocument(bytes: stored)) ?? [:]
    let fitsBeside = stored.count + replacement.count + 1024 <= limits.documentBytes
    let conditions: [BSONValue] =
      if fitsBeside, !document.elements.isEmpty {
        [["$eq": ["$$ROOT", ["$literal": .document(document)]]]]
      } else {
        try Self.conditions(on: document, size: stored.count)
      }
    bson = ["_id": ["$eq": id], "$expr": ["$and": .array(conditions)]]
  }

  /// The size of the document and its small values.
  private static func conditions(on document: BSONDocument, size: Int) throws -> [BSONValue] {
    var conditions: [BSONValue] = [["$eq": [["$bsonSize": "$$ROOT"], .int64(Int64(size))]]]
    var bytes = 0
    for element in document.elements {
      // A name that an expression cannot spell.
      if element.key.isEmpty || element.key.hasPrefix("$") || element.key.contains(".") { continue }
      let condition: BSONDocument = ["$eq": [.string("$" + element.key), ["$literal": element.value]]]
      let size = try condition.bytes().count
      guard size <= maximumValueBytes, bytes + size <= maximumBytes else { continue }
      bytes += size
      conditions.append(.document(condition))
    }
    return conditions
  }
}
