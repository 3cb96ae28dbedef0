public import Domain
import Foundation

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

  /// The documents of a category, ordered by identifier.
  ///
  /// - Parameter authors: only documents of these; nil for all.
  public func documents(in category: DataCategory, authors: [Identifier]? = nil) -> DocumentSequence<RawDocument> {
    collection(category).find(authors.map { Field.authorID.isIn($0) } ?? .all)
  }

  /// The document of a canonical link, whatever its category.
  public func document(link: String) async throws -> RawDocument? {
    for category in DataCategory.allCases {
      if let document = try await collection(category).first(.link == link) { return document }
    }
    return nil
  }

  /// Every document that was crawled from a source, by link: what the source no longer has is gone there.
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

  /// How the document of a link was crawled last; nil if there is none, it was imported, or it cannot be read.
  public func crawlRecord(link: String) async throws -> CrawlRecord? {
    for category in DataCategory.allCases {
      if let view = try await views(in: category, .link == link).first { return view.crawl }
    }
    return nil
  }

  /// The latest crawl of a source, for any of its documents.
  public func crawlRecord(source: String) async throws -> CrawlRecord? {
    var latest: CrawlRecord?
    for category in DataCategory.allCases {
      for view in try await views(in: category, .source == source)
      where view.crawl.fetchedAt > latest?.fetchedAt ?? .distantPast {
        latest = view.crawl
      }
    }
    return latest
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
