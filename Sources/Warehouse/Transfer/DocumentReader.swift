/// Reads the stored documents of a cursor in the order of their identifiers, one by one, also those that cannot be read.
struct DocumentReader {
  /// A stored document.
  struct Element {
    /// Its identifier as text, which is empty if it has none.
    let id: String
    /// Empty if it cannot be read.
    let bytes: [UInt8]
  }

  private let cursor: any DocumentCursor
  private var batch: ArraySlice<Element> = []

  init(_ cursor: any DocumentCursor) {
    self.cursor = cursor
  }

  /// The next document; nil at the end.
  mutating func next() async throws -> Element? {
    while batch.isEmpty {
      guard let raw = try await cursor.next() else { return nil }
      var documents: [Element] = []
      raw.forEach { documents.append(Element(id: (try? textIdentifier(of: $0)) ?? "", bytes: Array($0))) }
      if !raw.unreadable.isEmpty {
        // The batch does not say between which others they were.
        documents += raw.unreadable.map { Element(id: $0.storedID, bytes: []) }
        documents.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      }
      batch = documents[...]
    }
    return batch.popFirst()
  }

  /// Gives back what the cursor holds.
  func close() { cursor.close() }
}
