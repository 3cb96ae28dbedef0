public import Domain
public import Foundation
public import HTTP

/// What a crawler is given besides its source.
public struct CrawlContext: Sendable {
  /// The client for web pages.
  public var http: HTTPClient
  /// A folder for clones and other temporary files, made when it is needed. Each is removed after its crawl; what a
  /// killed process left there may be deleted.
  public var workFolder: String
  /// How a source was crawled before, by ``CrawlSource/redactedLocation``; nil if it never was.
  public var previous: @Sendable (String) async throws -> CrawlRecord?
  /// The bounds on what is read.
  public var limits: CrawlLimits
  /// The time of this crawl.
  public var date: Date
  /// A token for GitHub's private repositories; it is handed to git by its environment and sent to github.com only.
  public var gitHubToken: String?

  /// Makes a context; see the properties.
  public init(
    http: HTTPClient, workFolder: String,
    previous: @escaping @Sendable (String) async throws -> CrawlRecord? = { _ in nil },
    limits: CrawlLimits = CrawlLimits(), date: Date = Date(), gitHubToken: String? = nil
  ) {
    self.http = http
    self.workFolder = workFolder
    self.previous = previous
    self.limits = limits
    self.date = date
    self.gitHubToken = gitHubToken
  }
}
