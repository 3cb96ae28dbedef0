import Concurrency
import Domain
public import Foundation
public import HTTP
import Synchronization

/// The rules that hosts give in their robots.txt, each asked for once and kept for a while (RFC 9309, section 2.3).
///
/// With a memory they last over runs for the same while, and then are asked for with their validators.
///
/// A host that has none (any 4xx) allows everything. One that fails (5xx, no answer, 429) allows nothing until it is asked
/// again: what would be fetched fails, and is no worse off in the next run.
public final class HostRobots: RobotsRules {
  /// How long rules are kept, at most (section 2.4). 24 hours.
  public static let lifetime = Duration.seconds(24 * 3600)
  /// How long a host is left alone whose rules could not be had. 1 hour.
  public static let pause = Duration.seconds(3600)

  private let context: CrawlContext
  private let memory: (any RobotsMemory)?
  private let lifetime: Duration
  private let pause: Duration
  private let hosts = Mutex<[String: Host]>([:])

  /// Makes rules that are fetched when they are needed.
  ///
  /// - Parameters:
  ///   - http: its user agent names the groups of rules that count.
  ///   - gate: through which robots.txt is asked for like everything else.
  ///   - memory: what earlier runs have left; nil to ask every host once in a run.
  ///   - date: the time of the run.
  ///   - lifetime: how long rules are kept.
  ///   - pause: how long a host is left alone whose rules could not be had.
  public init(
    http: HTTPClient, gate: HostGate, memory: (any RobotsMemory)? = nil, date: Date = Date(),
    lifetime: Duration = HostRobots.lifetime, pause: Duration = HostRobots.pause
  ) {
    context = CrawlContext(http: http, gate: gate, robots: AllowingRobots(), workFolder: "", date: date)
    self.memory = memory
    self.lifetime = lifetime
    self.pause = pause
  }

  /// What the host says; it is asked if that is not known yet.
  public func permission(for url: String) async throws -> RobotsPermission {
    let address = try WebAddress(url)
    let file = try await file(of: address)
    let path = address.path + (address.query.map { "?" + $0 } ?? "")
    return RobotsPermission(isAllowed: file.allows(path), delay: file.delay)
  }

  /// The sitemaps that the host names; it is asked if they are not known yet.
  public func sitemaps(of url: String) async throws -> [String] {
    try await file(of: WebAddress(url)).sitemaps
  }

  /// What is known of a host. Who finds nothing waits for the one who asks.
  private final class Host: Sendable {
    let turn = AsyncSemaphore(1)
    private let known = Mutex<(answer: Result<RobotsFile, RobotsUnknown>, end: ContinuousClock.Instant)?>(nil)

    var answer: Result<RobotsFile, RobotsUnknown>? {
      known.withLock { known in known.flatMap { $0.end > .now ? $0.answer : nil } }
    }

    func keep(_ answer: Result<RobotsFile, RobotsUnknown>, for lifetime: Duration) {
      known.withLock { $0 = (answer, .now + lifetime) }
    }
  }

  private func file(of address: WebAddress) async throws -> RobotsFile {
    let host = hosts.withLock { hosts in
      if let host = hosts[address.origin] { return host }
      let host = Host()
      hosts[address.origin] = host
      return host
    }
    if let answer = host.answer { return try answer.get() }
    return try await host.turn.withPlace {
      if let answer = host.answer { return try answer.get() }
      do {
        let file = try await remembered(address.origin)
        host.keep(.success(file), for: lifetime)
        return file
      } catch let error as RobotsUnknown {
        host.keep(.failure(RobotsUnknown(description: error.description, attempts: 0)), for: pause)
        throw error
      }
    }
  }

  /// The rules that are kept, unless they are too old; else those that the host has now.
  private func remembered(_ origin: String) async throws -> RobotsFile {
    let known = try await memory?.robots(of: origin)
    if let known {
      let age = context.date.timeIntervalSince(known.state.fetchedAt)
      if age >= 0, age < lifetime / .seconds(1) { return file(known.text) }
    }
    return try await fetched(origin, known: known)
  }

  private func file(_ text: String) -> RobotsFile {
    RobotsFile(Array(text.utf8), agent: context.http.configuration.userAgent)
  }

  /// Keeps what a host has answered.
  private func keep(_ text: String, of origin: String, _ response: HTTPResponse) async throws -> RobotsFile {
    if let memory {
      let state = FetchState(
        url: origin + "/robots.txt", use: .robots, finalURL: (try? WebAddress(response.url))?.redacted,
        status: response.status, fetchedAt: context.date, entityTag: response.validator?.entityTag,
        lastModified: response.validator?.lastModified, digest: "")
      try await memory.remember(RobotsRecord(state: state, text: text), of: origin)
    }
    return file(text)
  }

  private func fetched(_ origin: String, known: RobotsRecord?) async throws -> RobotsFile {
    // More than is read, so that a file that is too long is not one that cannot be had.
    var exchange = WebExchange(
      context: context, sink: NobodysSink(), accept: "text/plain, */*;q=0.1", limit: 10 * RobotsFile.maximumBytes,
      known: known?.state)
    do {
      guard let response = try await exchange.follow(WebAddress(origin + "/robots.txt")) else { return RobotsFile() }
      switch response.status {
      case 304 where known != nil:
        guard var known, let memory else { return RobotsFile() }
        known.state.fetchedAt = context.date
        try await memory.remember(known, of: origin)
        return file(known.text)
      case 200..<300:
        let text = String(decoding: response.body.prefix(RobotsFile.maximumBytes + 1), as: UTF8.self)
        return try await keep(text, of: origin, response)
      case 429, 500...:
        throw unknown("it answers HTTP \(response.status); try again later", origin, exchange.attempts)
      default: return try await keep("", of: origin, response)
      }
    } catch let error as HTTPError {
      // Redirects that do not end lead to no file (section 2.3.1.2).
      if case .tooManyRedirects = error { return RobotsFile() }
      throw unknown(error.description, origin, exchange.attempts)
    } catch is CrawlError {
      return RobotsFile()
    }
  }

  private func unknown(_ reason: String, _ origin: String, _ attempts: Int) -> RobotsUnknown {
    RobotsUnknown(
      description: "nothing is fetched from \(origin), whose robots.txt cannot be had: \(reason)", attempts: attempts)
  }
}

/// Nobody is told of requests for rules: they are of no source.
private struct NobodysSink: CrawlSink {
  func take(_ event: CrawlEvent) {}
}
