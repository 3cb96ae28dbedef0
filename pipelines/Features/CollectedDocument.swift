/// A document as the warehouse has it, readable or not.
public struct CollectedDocument: Sendable, Codable, ItemNamed, Fingerprinted {
  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
  /// The document; nil if it cannot be read.
  public var document: RawDocument?
  /// Which field cannot be read, and how; nil if all can.
  public var problem: String?

  /// The identifier and the hash of what is written, which is made sooner than the JSON of all of it.
  public var fingerprint: String { "\(id) \(document?.contentHash.hexadecimal ?? problem ?? "")" }

  /// The document's link; where that cannot be read, its collection and identifier.
  public var itemName: String { document?.link ?? "\(category.rawValue) \(id)" }
}

/// The documents of some categories and authors, of which only a batch is in memory.
struct CollectedDocuments: AsyncSequence, Sendable {
  let warehouse: Warehouse
  let categories: [DataCategory]
  let authors: [Identifier]

  func makeAsyncIterator() -> Iterator {
    Iterator(categories: categories[...]) { category in
      warehouse.documents(in: category, authors: authors).batches.makeAsyncIterator()
    }
  }

  /// Reads one category after the other.
  struct Iterator: AsyncIteratorProtocol {
    private var categories: ArraySlice<DataCategory>
    private let open: (DataCategory) -> DocumentBatches<RawDocument>.Iterator
    private var batches: DocumentBatches<RawDocument>.Iterator?
    private var buffer: ArraySlice<CollectedDocument> = []
    private var count = 0
    private var byAuthor: [String: Int] = [:]

    init(categories: ArraySlice<DataCategory>, open: @escaping (DataCategory) -> DocumentBatches<RawDocument>.Iterator)
    {
      self.categories = categories
      self.open = open
    }

    mutating func next() async throws -> CollectedDocument? {
      while buffer.isEmpty {
        guard let category = categories.first else {
          note()
          return nil
        }
        var batches = batches ?? open(category)
        let batch = try await batches.next()
        self.batches = batch == nil ? nil : batches
        if batch == nil { categories.removeFirst() }
        buffer = documents(of: batch, in: category)[...]
      }
      let document = buffer.removeFirst()
      if let author = document.document?.authorFullName {
        count += 1
        byAuthor[author, default: 0] += 1
      }
      return document
    }

    private func documents(
      of batch: DocumentBatch<RawDocument>?, in category: DataCategory
    ) -> [CollectedDocument] {
      guard let batch else { return [] }
      return batch.documents.map { CollectedDocument(id: $0.id, category: category, document: $0) }
        + batch.unreadable.map { CollectedDocument(id: $0.id, category: category, problem: $0.reason) }
    }

    private func note() {
      StepContext.current.record("documents", count)
      StepContext.current.record("documents_per_author", byAuthor)
    }
  }
}
