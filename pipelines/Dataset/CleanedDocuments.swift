/// The cleaned documents of several categories in the order of their identifiers, of which only a page of each category
/// is in memory.
struct CleanedDocuments: AsyncSequence, Sendable {
  let vectors: VectorStore
  let categories: [DataCategory]
  let authors: [Identifier]
  let quotes: QuoteUse

  func makeAsyncIterator() -> Iterator {
    Iterator(categories.map { vectors.cleanedDocuments(in: $0, authors: authors).makeAsyncIterator() }, quotes)
  }

  /// Takes the document with the least identifier from among the next ones of all categories.
  struct Iterator: AsyncIteratorProtocol {
    private var categories: [StoredSequence<CleanedDocument>.AsyncIterator]
    /// The next document of each category; nil at its end.
    private var heads: [CleanedDocument?] = []
    private var isStarted = false
    private var byCategory: [String: Int] = [:]
    private var byAuthor: [String: Int] = [:]
    private var quoted = 0
    private let quotes: QuoteUse

    init(_ categories: [StoredSequence<CleanedDocument>.AsyncIterator], _ quotes: QuoteUse) {
      self.categories = categories
      self.quotes = quotes
    }

    mutating func next() async throws -> CleanedDocument? {
      while let document = try await nextStored() {
        guard quotes == .leaveOut, isAllQuoted(document) else {
          byCategory[document.category.rawValue, default: 0] += 1
          byAuthor[document.authorFullName, default: 0] += 1
          return document
        }
        quoted += 1
      }
      note()
      return nil
    }

    private mutating func nextStored() async throws -> CleanedDocument? {
      if !isStarted {
        for index in categories.indices { heads.append(try await categories[index].next()) }
        isStarted = true
        if heads.allSatisfy({ $0 == nil }) { throw PipelineError.noFeatures }
      }
      let least = heads.indices.filter { heads[$0] != nil }.min { before(heads[$0], heads[$1]) }
      guard let least, let document = heads[least] else { return nil }
      heads[least] = try await categories[least].next()
      return document
    }

    private func before(_ left: CleanedDocument?, _ right: CleanedDocument?) -> Bool {
      guard let left, let right else { return left != nil }
      return left.id < right.id
    }

    private func note() {
      StepContext.current.record("documents", byCategory)
      StepContext.current.record("documents_per_author", byAuthor)
      if quoted > 0 { StepContext.current.record("skipped", ["all of it is quoted from others": quoted]) }
    }
  }
}
