public import Foundation

/// What the last request for one address of a source came to, whether or not it gave a document: with what the next
/// crawl asks for it, and when.
public struct FetchState: Codable, Hashable, Sendable {
  /// What an address is good for.
  public enum Use: String, Codable, Sendable {
    /// A page, which may be a document.
    case page
    /// A feed, which names pages.
    case feed
    /// A sitemap, which names pages or other sitemaps.
    case sitemap
    /// An answer of an interface that lists things, such as the repositories of an organisation.
    case listing
    /// The rules of a host for crawlers.
    case robots
  }

  /// The address that was asked for, without credentials and secret parameters.
  public var url: String
  /// What it is good for.
  public var use: Use
  /// The address that answered, after redirects; without credentials and secret parameters.
  public var finalURL: String
  /// The status of the answer; 0 if there was none.
  public var status: Int
  /// When it was asked for.
  public var fetchedAt: Date
  /// The HTTP entity tag of the answer.
  public var entityTag: String?
  /// The HTTP `Last-Modified` value of the answer.
  public var lastModified: String?
  /// The hash of the decoded body; nil if there was none.
  public var bodyHash: ContentHash?
  /// What decided what became of the answer, beside the answer: the producer and the settings of the source. With
  /// another digest the address is asked for without conditions.
  public var digest: String
  /// Of a page the links of the documents that it gave; of a list the addresses that it names.
  public var links: [String]
  /// Why it gave no document, if it gave none: a phrase when that is no cause for concern, a sentence after a failure.
  public var result: String?
  /// How many runs in a row have failed at it; 0 when the last one went well.
  public var failures: Int
  /// Before when no run asks for it again after a failure; nil for the next run.
  public var nextTry: Date?

  /// Makes a state; see the properties.
  public init(
    url: String, use: Use = .page, finalURL: String? = nil, status: Int = 200, fetchedAt: Date,
    entityTag: String? = nil, lastModified: String? = nil, bodyHash: ContentHash? = nil, digest: String,
    links: [String] = [], result: String? = nil, failures: Int = 0, nextTry: Date? = nil
  ) {
    self.url = url
    self.use = use
    self.finalURL = finalURL ?? url
    self.status = status
    self.fetchedAt = fetchedAt
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.bodyHash = bodyHash
    self.digest = digest
    self.links = links
    self.result = result
    self.failures = failures
    self.nextTry = nextTry
  }

  /// Whether another state says the same but for the time: that an address was looked at once more is no news.
  public func saysTheSame(as other: FetchState) -> Bool {
    var other = other
    other.fetchedAt = fetchedAt
    return self == other
  }

  enum CodingKeys: String, CodingKey {
    case url, use
    case finalURL = "final_url"
    case status
    case fetchedAt = "fetched_at"
    case entityTag = "entity_tag"
    case lastModified = "last_modified"
    case bodyHash = "body_hash"
    case digest, links, result, failures
    case nextTry = "next_try"
  }
}
