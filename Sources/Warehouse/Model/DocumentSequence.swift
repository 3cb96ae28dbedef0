/// The documents that a filter means, or parts of them, read in batches over a cursor of the store as they are asked
/// for, so that any number of them passes in the memory of a batch.
///
/// Documents that are stored meanwhile may or may not be seen. The cursor is closed at the end, or when the iterator
/// goes.
public struct DocumentSequence<Element: Decodable & Sendable>: AsyncSequence, Sendable {
  /// The same documents in batches, with those that cannot be read.
  public let batches: DocumentBatches<Element>

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator())
  }

  /// Reads the documents one by one.
  public struct Iterator: AsyncIteratorProtocol {
    var batches: DocumentBatches<Element>.Iterator
    private var buffer: ArraySlice<Element> = []
    private var unreadable: ArraySlice<UnreadableDocument> = []

    init(batches: DocumentBatches<Element>.Iterator) {
      self.batches = batches
    }

    /// The next document.
    ///
    /// - Throws: ``WarehouseError/unreadable(_:)`` after the readable documents of the batch that has the document;
    ///   asking again goes on behind it. Otherwise what stops the store from answering.
    public mutating func next() async throws -> Element? {
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
