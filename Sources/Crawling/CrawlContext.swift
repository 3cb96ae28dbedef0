public import Foundation
public import HTTP

/// What a crawler is given besides its source.
public struct CrawlContext: Sendable {
  /// The client for web pages. Crawlers reach the web by a ``WebFetcher``, which uses it.
  public var http: HTTPClient
  /// What lets requests through to hosts; all crawls of a run share one.
  public var gate: HostGate
  /// What hosts allow to be fetched.
  public var robots: any RobotsRules
  /// A folder for clones and other temporary files, made when it is needed. Each is removed after its crawl; what a
  /// killed process left there may be deleted.
  public var workFolder: String
  /// What earlier crawls of the source have left.
  public var memory: any CrawlMemory
  /// The bounds on what is read.
  public var limits: CrawlLimits
  /// The time of this crawl.
  public var date: Date
  /// Whether what failed is tried again although its next try is not due.
  public var ignoresNextTry: Bool
  /// A token for GitHub's private repositories; it is handed to git by its environment, and sent to github.com and
  /// api.github.com only.
  public var gitHubToken: String?
  /// A token for private and gated datasets on the Hugging Face Hub; it is sent to the Hub's own host only.
  public var hubToken: String?

  /// Makes a context; see the properties.
  public init(
    http: HTTPClient, gate: HostGate = HostGate(), robots: any RobotsRules = AllowingRobots(), workFolder: String,
    memory: any CrawlMemory = NoCrawlMemory(), limits: CrawlLimits = CrawlLimits(), date: Date = Date(),
    ignoresNextTry: Bool = false, gitHubToken: String? = nil, hubToken: String? = nil
  ) {
    self.http = http
    self.gate = gate
    self.robots = robots
    self.workFolder = workFolder
    self.memory = memory
    self.limits = limits
    self.date = date
    self.ignoresNextTry = ignoresNextTry
    self.gitHubToken = gitHubToken
    self.hubToken = hubToken
  }
}
