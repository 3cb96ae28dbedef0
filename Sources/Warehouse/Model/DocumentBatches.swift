/// The batches of a ``DocumentSequence``.
public struct DocumentBatches<Value: Decodable & Sendable>: AsyncSequence, Sendable {
  /// Some documents.
  public typealias Element = DocumentBatch<Value>

  private let open: @Sendable () async throws -> any DocumentCursor
  private let decode: @Sendable (RawBatch) -> Element

  init<D: Document>(of collection: DocumentCollection<D>, query: Query) {
    open = { try await collection.driver(for: .reading).cursor(query) }
    decode = { raw in
      var batch = Element()
      batch.unreadable = raw.unreadable
      batch.documents.reserveCapacity(raw.count)
      raw.forEach { bytes in
        do throws(UnreadableDocumentError) {
          batch.documents.append(
            try StoredDocument<D>(bytes: bytes, collection: query.collection).decoded(as: Value.self))
        } catch {
          batch.unreadable.append(error.document)
        }
      }
      return batch
    }
  }

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator {
    Iterator(open: open, decode: decode)
  }

  /// Reads batch after batch.
  public struct Iterator: AsyncIteratorProtocol, Sendable {
    fileprivate let open: @Sendable () async throws -> any DocumentCursor
    fileprivate let decode: @Sendable (RawBatch) -> DocumentBatch<Value>
    private var cursor: (any DocumentCursor)?

    fileprivate init(
      open: @Sendable @escaping () async throws -> any DocumentCursor,
      decode: @Sendable @escaping (RawBatch) -> DocumentBatch<Value>
    ) {
      (self.open, self.decode) = (open, decode)
    }

    /// The next batch, or nil after the last one.
    public mutating func next() async throws -> DocumentBatch<Value>? {
      try Task.checkCancellation()
      let cursor: any DocumentCursor
      if let opened = self.cursor { cursor = opened } else { cursor = try await open() }
      self.cursor = cursor
      return try await cursor.next().map(decode)
    }
  }
}
