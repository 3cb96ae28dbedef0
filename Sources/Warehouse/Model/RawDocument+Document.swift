public import Domain
public import Foundation

extension RawDocument: Document {
  /// That of articles; each category has one of its own, see ``Warehouse/collection(_:)-(DataCategory)``.
  public static var collection: String { DataCategory.articles.rawValue }
  /// The link is unique; sources and authors are looked up.
  public static var indexes: [Index<RawDocument>] { [.unique(.link), .on(.source), .on(.authorID)] }

  /// Compares content hashes, computed from what is stored rather than trusted, so that imported documents, which have
  /// none, are compared the same way.
  ///
  /// With equal content only news about the crawl is written (a new entity tag, say), since the next crawl asks with
  /// it; see `CrawlRecord.isNews(since:)`. A document that was gone and is back has changed for all later stages.
  public func reconciled(with stored: RawDocument) -> Reconciliation<RawDocument> {
    var merged = self
    merged.id = stored.id
    guard merged.contentHash == stored.contentHash else { return .replace(merged) }
    guard let crawl else { return .keep }
    guard let known = stored.crawl else { return .refresh(merged) }
    if known.goneSince != nil, crawl.goneSince == nil { return .replace(merged) }
    return crawl.isNews(since: known) ? .refresh(merged) : .keep
  }

  /// A document of the LLM Engineers Handbook does not say its category: its collection does.
  public static func decodingContext(collection: String) -> [CodingUserInfoKey: any Sendable] {
    DataCategory(rawValue: collection).map { [.dataCategory: $0] } ?? [:]
  }
}

extension Field where D == RawDocument, Value == Identifier {
  /// The identifier of its author.
  public static var authorID: Self { Field("author_id") }
}

extension Field where D == RawDocument, Value == String {
  /// The canonical link.
  public static var link: Self { Field("link") }
  /// The full name of its author.
  public static var authorFullName: Self { Field("author_full_name") }
  /// Where it was published.
  public static var platform: Self { Field("platform") }
  /// The source it was crawled from, as the configuration names it.
  public static var source: Self { Field("crawl.source") }
}

extension Field where D == RawDocument, Value == Date {
  /// Since when its source no longer has it.
  public static var goneSince: Self { Field("crawl.gone_since") }
  /// When it was published.
  public static var publishedAt: Self { Field("published_at") }
}
