import Foundation

/// `crawl_server.py`: a small web for crawlers, which any host may be asked for through it as a proxy, and whose answers
/// and requests tests can set and see.
public final class CrawlServer: Sendable {
  /// One request that it was sent.
  public struct Request: Decodable, Sendable {
    /// The host that was asked for, with its port.
    public let host: String
    /// The path, without the query.
    public let path: String
    /// The status of the answer.
    public let status: Int
    /// When it came, in seconds of a clock of the server's own.
    public let time: Double
    /// How many requests for the host were under way then, with this one.
    public let running: Int
    /// The value of `If-None-Match`.
    public let entityTag: String?
    /// The value of `If-Modified-Since`.
    public let lastModified: String?
    /// What asked.
    public let userAgent: String?

    /// Whether it asked for the page only if it has changed.
    public var isConditional: Bool { entityTag != nil || lastModified != nil }
  }

  /// How a path is answered; what is nil is as usual.
  public struct Behaviour: Encodable, Sendable {
    /// The status.
    public var status: Int?
    /// After how many requests it goes well again.
    public var failures: Int?
    /// The value of `Retry-After`.
    public var retryAfter: String?
    /// The value of `Location`.
    public var location: String?
    /// Another version has other words and another entity tag.
    public var version: Int?
    /// Whether the answer has validators.
    public var validators: Bool?
    /// The content type.
    public var type: String?
    /// The body.
    public var body: String?
    /// How long the answer takes.
    public var seconds: Double?
    /// Whether the body is a gzip file.
    public var packed: Bool?

    /// Makes a behaviour; see the properties.
    public init(
      status: Int? = nil, failures: Int? = nil, retryAfter: String? = nil, location: String? = nil,
      version: Int? = nil, validators: Bool? = nil, type: String? = nil, body: String? = nil, seconds: Double? = nil,
      packed: Bool? = nil
    ) {
      self.status = status
      self.failures = failures
      self.retryAfter = retryAfter
      self.location = location
      self.version = version
      self.validators = validators
      self.type = type
      self.body = body
      self.seconds = seconds
      self.packed = packed
    }

    enum CodingKeys: String, CodingKey {
      case status, failures
      case retryAfter = "retry_after"
      case location, version, validators, type, body, seconds, packed
    }
  }

  private let peer: PeerServer
  private let folder: TemporaryFolder

  /// Starts a server.
  public init() throws {
    folder = try TemporaryFolder()
    peer = try PeerServer("crawl_server.py", arguments: [folder.url.path])
  }

  /// Its own address, without a path; as a proxy, too.
  public var origin: String { "http://127.0.0.1:\(peer.port)" }

  /// Says how paths, or hosts with paths, are answered from now on; all others as usual.
  public func behave(_ behaviours: [String: Behaviour]) throws {
    let data = try JSONEncoder().encode(behaviours)
    try data.write(to: folder.url.appending(path: "behaviour.json"), options: .atomic)
  }

  /// The requests since the last call of ``forget()``, in the order of their ends.
  public func requests() throws -> [Request] {
    guard let log = FileManager.default.contents(atPath: folder.path("log")) else { return [] }
    return try log.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Request.self, from: Data($0)) }
  }

  /// Those of ``requests()`` that were for more than what a host tells crawlers.
  public func pageRequests() throws -> [Request] { try requests().filter { $0.path != "/robots.txt" } }

  /// Forgets the requests so far.
  public func forget() throws {
    try? FileManager.default.removeItem(atPath: folder.path("log"))
  }

  /// Ends it.
  public func stop() { peer.stop() }
}
