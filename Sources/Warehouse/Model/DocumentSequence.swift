/// The documents that a filter means, read in batches as they are asked for, ordered by identifier.
///
/// Each batch is a query of its own that goes on after the last identifier: between batches nothing is held open, so a
/// slow reader neither blocks a writer nor loses a cursor. Documents that are stored meanwhile may or may not be seen.
public struct DocumentSequence<D: Document>: AsyncSequence, Sendable {
  /// A document.
  public typealias Element = D
  /// The same documents in batches, with those that cannot be read.
  public let batches: DocumentBatches<D>

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator())
  }

  /// Reads the documents one by one.
  public struct Iterator: AsyncIteratorProtocol {
    var batches: DocumentBatches<D>.Iterator
    private var buffer: ArraySlice<D> = []
    private var unreadable: ArraySlice<UnreadableDocument> = []

    init(batches: DocumentBatches<D>.Iterator) {
      self.batches = batches
    }

    /// The next document.
    ///
    /// - Throws: ``WarehouseError/unreadable(_:)`` after the readable documents of the batch that has the document;
    ///   asking again goes on behind it. Otherwise what stops the store from answering.
    public mutating func next() async throws -> D? {
      while buffer.isEmpty {
        if let first = unreadable.popFirst() { throw WarehouseError.unreadable(first) }
        guard let batch = try await batches.next() else { return nil }
        buffer = batch.documents[...]
        unreadable = batch.unreadable[...]
      }
      return buffer.popFirst()
    }
  }
}
