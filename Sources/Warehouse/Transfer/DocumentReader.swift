/// Reads the stored documents of a cursor one by one.
struct DocumentReader {
  private let cursor: any DocumentCursor
  private var batch: ArraySlice<(id: String, bytes: [UInt8])> = []

  init(_ cursor: any DocumentCursor) {
    self.cursor = cursor
  }

  /// The next document with its identifier as text, which is empty if it has none; nil at the end.
  mutating func next() async throws -> (id: String, bytes: [UInt8])? {
    while batch.isEmpty {
      guard let raw = try await cursor.next() else { return nil }
      var documents: [(id: String, bytes: [UInt8])] = []
      raw.forEach { documents.append(((try? textIdentifier(of: $0)) ?? "", Array($0))) }
      batch = documents[...]
    }
    return batch.popFirst()
  }

  /// Gives back what the cursor holds.
  func close() { cursor.close() }
}
