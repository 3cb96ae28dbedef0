import BSON

/// What is stored of the documents of a round.
struct MongoStoredDocuments {
  /// The bytes after which no more is read, if there are several documents to read for.
  static let maximumBytes = 16 << 20

  /// The bytes of what was read, as far as it was kept.
  private(set) var bytes = 0
  private var byKey: [BSONValue: [UInt8]] = [:]
  private var byID: [String: [UInt8]] = [:]

  /// More is stored than may be in memory together: some of it is missing here.
  var isCutOff: Bool { bytes > Self.maximumBytes && isOfSeveral }
  private let isOfSeveral: Bool

  private struct CutOff: Error {}

  /// Reads from the primary what has the key or the identifier of one of the documents, until it is too much.
  ///
  /// For one document nothing is too much: of it only what its key means is kept, and what its identifier means.
  init(
    of documents: [EncodedDocument], uniqueField: FieldPath?, in collection: String, _ client: MongoClient
  ) throws {
    isOfSeveral = documents.count > 1
    let ids = Set(documents.map(\.id))
    var conditions: [BSONValue] = [["_id": ["$in": .array(documents.map { .string($0.id) })]]]
    let keys = documents.compactMap(\.key)
    if let uniqueField, !keys.isEmpty { conditions.append(.document([uniqueField.path: ["$in": .array(keys)]])) }
    do {
      try client.find(["$or": .array(conditions)], in: collection) { document in
        keep(document, ids: ids, uniqueField: uniqueField)
        if isCutOff { throw CutOff() }
      }
    } catch is CutOff {}
  }

  private mutating func keep(_ document: UnsafeRawBufferPointer, ids: Set<String>, uniqueField: FieldPath?) {
    let copy = Array(document)
    var isKept = false
    if case .string(let id) = value(of: .id, in: document), ids.contains(id) {
      byID[id] = copy
      isKept = true
    }
    // Without a unique index there may be several; it is the first one in the order of identifiers.
    if let uniqueField, let key = value(of: uniqueField, in: document).map(normalized),
      byKey[key].map({ isOrdered(copy, before: $0) }) ?? true
    {
      byKey[key] = copy
      isKept = true
    }
    if isKept { bytes += copy.count }
  }

  /// The stored document of the same key, else of the same identifier.
  func match(for document: EncodedDocument) -> [UInt8]? {
    document.key.flatMap { byKey[normalized($0)] } ?? byID[document.id]
  }

  private func isOrdered(_ left: [UInt8], before right: [UInt8]) -> Bool {
    guard case .string(let left) = value(of: .id, in: left), case .string(let right) = value(of: .id, in: right) else {
      return false
    }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

/// The server finds a number whatever type it is stored as.
private func normalized(_ key: BSONValue) -> BSONValue {
  key.integer.map { .int64(Int64($0)) } ?? key
}
