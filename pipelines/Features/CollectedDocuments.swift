/// Documents of the warehouse, of which only a batch is in memory. Tells how far the reading is, which goes as fast as what
/// is made of them.
struct CollectedDocuments: AsyncSequence, Sendable {
  private typealias Query = (category: DataCategory, documents: DocumentSequence<RawDocument>)

  /// What is known to be unreadable, and comes first.
  private let unreadable: [CollectedDocument]
  private let queries: [Query]
  private let count: @Sendable () async throws -> Int

  /// How many documents one query names: few enough for a statement of any store.
  private static let mostNames = 500

  /// All documents of some categories and authors, by identifier.
  init(warehouse: Warehouse, categories: [DataCategory], authors: [Identifier]) {
    unreadable = []
    queries = categories.map { ($0, warehouse.documents(in: $0, authors: authors)) }
    count = {
      var count = 0
      for category in categories { count += try await warehouse.count(in: category, authors: authors) }
      return count
    }
  }

  /// The documents of a run that are to be made, and those that cannot be read.
  init(warehouse: Warehouse, changes: DocumentChanges) {
    unreadable = changes.unreadable
    var queries: [Query] = []
    for (category, documents) in Dictionary(grouping: changes.changed, by: \.category).sorted(by: { $0.key < $1.key }) {
      var ids = documents.map(\.id)[...]
      while !ids.isEmpty {
        queries.append((category, warehouse.documents(in: category, ids: Array(ids.prefix(Self.mostNames)))))
        ids = ids.dropFirst(Self.mostNames)
      }
    }
    self.queries = queries
    let total = changes.changed.count + changes.unreadable.count
    count = { total }
  }

  func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  /// Calls `body` with some of the documents after the other, while the next ones are read.
  func forEachBatch(_ body: ([CollectedDocument]) -> Void) async throws {
    try await withThrowingTaskGroup(of: (Iterator, [CollectedDocument]).self) { group in
      func read(with iterator: Iterator) {
        group.addTask {
          var iterator = iterator
          let batch = try await iterator.nextBatch()
          return (iterator, batch)
        }
      }
      read(with: makeAsyncIterator())
      while let (iterator, batch) = try await group.next(), !batch.isEmpty {
        read(with: iterator)
        body(batch)
      }
    }
  }

  /// Reads one query after the other.
  struct Iterator: AsyncIteratorProtocol, Sendable {
    private let count: @Sendable () async throws -> Int
    private var queries: ArraySlice<Query>
    private var batches: DocumentBatches<RawDocument>.Iterator?
    private var unreadable: [CollectedDocument]
    /// What ``next()`` gives.
    private var buffer: ArraySlice<CollectedDocument> = []
    private var taken = 0
    private var total: Int?

    fileprivate init(_ documents: CollectedDocuments) {
      count = documents.count
      queries = documents.queries[...]
      unreadable = documents.unreadable
    }

    mutating func next() async throws -> CollectedDocument? {
      if buffer.isEmpty { buffer = try await readBatch()[...] }
      guard let document = buffer.popFirst() else { return nil }
      note(1)
      return document
    }

    /// As many documents as are read at once; none at the end.
    mutating func nextBatch() async throws -> [CollectedDocument] {
      let batch = try await readBatch()
      note(batch.count)
      return batch
    }

    private mutating func note(_ count: Int) {
      taken += count
      StepContext.current.progress(completed: taken, total: total.map { Swift.max($0, taken) })
    }

    private mutating func readBatch() async throws -> [CollectedDocument] {
      if total == nil { total = try await count() }
      var documents = unreadable
      unreadable = []
      while documents.isEmpty, let query = queries.first {
        var batches = batches ?? query.documents.batches.makeAsyncIterator()
        let batch = try await batches.next()
        self.batches = batch == nil ? nil : batches
        if batch == nil { queries.removeFirst() }
        documents = collected(batch, in: query.category)
      }
      return documents
    }

    private func collected(
      _ batch: DocumentBatch<RawDocument>?, in category: DataCategory
    ) -> [CollectedDocument] {
      guard let batch else { return [] }
      return batch.documents.map { CollectedDocument(id: $0.id, category: category, document: $0) }
        + batch.unreadable.map { CollectedDocument(id: $0.id, category: category, problem: $0.reason) }
    }
  }
}
