/// The cleaned documents that searches find, of which only a page is in memory; tells how far the reading is, which goes as
/// fast as what is made of them.
struct StoredDocuments: AsyncSequence, Sendable {
  let vectors: VectorStore
  /// How many there are, as far as is known.
  let total: Int

  func makeAsyncIterator() -> Iterator {
    Iterator(DataCategory.allCases.map { vectors.cleanedDocuments(in: $0).makeAsyncIterator() }, total: total)
  }

  /// Reads one category after the other.
  struct Iterator: AsyncIteratorProtocol {
    private var categories: [StoredSequence<CleanedDocument>.AsyncIterator]
    private let total: Int
    private var count = 0

    init(_ categories: [StoredSequence<CleanedDocument>.AsyncIterator], total: Int) {
      self.categories = categories
      self.total = total
    }

    mutating func next() async throws -> CleanedDocument? {
      while !categories.isEmpty {
        if let document = try await categories[0].next() {
          count += 1
          StepContext.current.progress(completed: count, total: Swift.max(count, total))
          return document
        }
        categories.removeFirst()
      }
      return nil
    }
  }
}
