public import Domain
public import Foundation

extension Warehouse {
  /// Stores documents, each in the collection of its category.
  ///
  /// A document is matched with a stored one by link, else by identifier; the stored one's identifier wins. It is
  /// unchanged when its content hash is that of the stored one, whatever was or was not recorded when that was stored.
  ///
  /// - Returns: what became of each document, in order. A document that cannot be stored is
  ///   ``SaveOutcome/failed(_:)`` and does not keep the others from being stored.
  /// - Throws: ``WarehouseError`` or `StorageError` when the store does not answer or is full; what was stored
  ///   before, in parts of at most 1,000 documents, stays. Saving the same again is always right.
  public func save(_ documents: [RawDocument]) async throws -> [SaveOutcome] {
    var outcomes: [Int: SaveOutcome] = [:]
    for category in DataCategory.allCases {
      let indices = documents.indices.filter { documents[$0].category == category }
      let saved = try await collection(category).save(indices.map { documents[$0] })
      for (index, outcome) in zip(indices, saved) { outcomes[index] = outcome }
    }
    return documents.indices.compactMap { outcomes[$0] }
  }

  /// The documents of a category that are not gone at their source, ordered by identifier.
  ///
  /// - Parameters:
  ///   - authors: only documents of these; nil for all.
  ///   - includingGone: whether those that are gone are read, too.
  public func documents(
    in category: DataCategory, authors: [Identifier]? = nil, includingGone: Bool = false
  ) -> DocumentSequence<RawDocument> {
    collection(category).find(wanted(authors: authors, includingGone: includingGone))
  }

  /// How many documents of a category ``documents(in:authors:includingGone:)`` gives.
  public func count(in category: DataCategory, authors: [Identifier]? = nil) async throws -> Int {
    try await collection(category).count(wanted(authors: authors))
  }

  /// The documents of a category that have these identifiers and are not gone at their source, ordered by identifier.
  public func documents(in category: DataCategory, ids: [Identifier]) -> DocumentSequence<RawDocument> {
    collection(category).find(Field.id.isIn(ids) && Field.goneSince.isNil)
  }

  private func wanted(authors: [Identifier]?, includingGone: Bool = false) -> Filter<RawDocument> {
    let wanted: Filter<RawDocument> = authors.map { Field.authorID.isIn($0) } ?? .all
    return includingGone ? wanted : wanted && Field.goneSince.isNil
  }

  /// The document of a canonical link, whatever its category.
  public func document(link: String) async throws -> RawDocument? {
    for category in DataCategory.allCases {
      if let document = try await collection(category).first(.link == link) { return document }
    }
    return nil
  }

  /// Every document that was crawled from a source, by link, those that are gone included: what the source no longer has
  /// is gone there.
  ///
  /// A stored document that cannot be read is left out, and so never taken for one that is gone.
  ///
  /// - Parameters:
  ///   - source: the source as the configuration names it, as in `CrawlRecord.source`.
  ///   - author: the author's identifier.
  public func links(fromSource source: String, author: Identifier) async throws -> [String: CrawledLink] {
    var links: [String: CrawledLink] = [:]
    for category in DataCategory.allCases {
      for view in try await views(in: category, .source == source && .authorID == author) {
        links[view.link] = CrawledLink(id: view.id, category: category, crawl: view.crawl)
      }
    }
    return links
  }

  /// The document of a link as its next crawl needs to know it; nil if there is none, it was imported, or it cannot be
  /// read.
  public func crawledLink(_ link: String) async throws -> CrawledLink? {
    for category in DataCategory.allCases {
      if let view = try await views(in: category, .link == link).first {
        return CrawledLink(id: view.id, category: category, crawl: view.crawl)
      }
    }
    return nil
  }

  /// Marks documents of a category as gone at their source; what was made of them goes with the next run of features.
  /// Storing a document again takes the mark away.
  ///
  /// - Returns: how many were not marked yet.
  public func markGone(_ ids: [Identifier], in category: DataCategory, at date: Date) async throws -> Int {
    let present: Filter<RawDocument> = Field.id.isIn(ids) && Field.goneSince.isNil
    return try await collection(category).update(present, .set(.goneSince, to: date)).modified
  }

  /// Deletes documents of a category.
  ///
  /// - Returns: how many there were.
  public func delete(_ ids: [Identifier], in category: DataCategory) async throws -> Int {
    try await collection(category).delete(Field.id.isIn(ids))
  }

  /// What is known of the crawls of documents; those without, or that cannot be read, are left out.
  private func views(in category: DataCategory, _ filter: Filter<RawDocument>) async throws -> [CrawlView] {
    var views: [CrawlView] = []
    for try await batch in collection(category).find(as: CrawlView.self, filter).batches { views += batch.documents }
    return views
  }
}

/// What ``CrawledLink`` needs of a document, without its text.
private struct CrawlView: Projection {
  static let fields: [ProjectedField<RawDocument>] = [.init(.link), .init(.crawl)]
  let id: Identifier
  let link: String
  let crawl: CrawlRecord
}

extension Field where D == RawDocument, Value == CrawlRecord {
  fileprivate static var crawl: Self { Field("crawl") }
}
