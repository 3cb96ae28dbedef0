/// The batches of a ``DocumentSequence``.
public struct DocumentBatches<D: Document>: AsyncSequence, Sendable {
  /// Some documents.
  public typealias Element = DocumentBatch<D>
  let driver: any WarehouseDriver
  let query: Query<D>

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator {
    Iterator(driver: driver, query: query)
  }

  /// Reads batch after batch.
  public struct Iterator: AsyncIteratorProtocol {
    let driver: any WarehouseDriver
    var query: Query<D>?

    /// The next batch, or nil after the last one.
    public mutating func next() async throws -> DocumentBatch<D>? {
      guard let current = query else { return nil }
      try Task.checkCancellation()
      let batch = try await driver.batch(current, as: D.self, fields: nil)
      query = batch.last.map { current.after($0) }
      return batch.documents.isEmpty && batch.unreadable.isEmpty ? nil : batch
    }
  }
}
