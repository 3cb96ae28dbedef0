import Concurrency
import Synchronization

/// Lets requests through so that no host is asked too much: not too many at once, not too quickly one after the other,
/// and not at all while the host asks for a pause.
///
/// Who waits for a host holds none of the places that are there for all hosts, so that a slow host delays no other one.
public final class HostGate: Sendable {
  /// What it lets through.
  public let limits: HostLimits
  private let requests: AsyncSemaphore
  private let local: AsyncSemaphore
  private let lanes = Mutex<[String: HostLane]>([:])

  /// A host that is left alone for longer than anybody waits.
  public struct Paused: Error, Sendable, Hashable {
    /// Why a host is left alone.
    public enum Reason: Sendable {
      /// It asked for that.
      case asked
      /// It did not answer.
      case unreachable
    }

    /// How long it still is.
    public let remaining: Duration
    /// Why.
    public let reason: Reason
  }

  /// Makes a gate; all crawls of a run share one.
  public init(_ limits: HostLimits = HostLimits()) {
    self.limits = limits
    requests = AsyncSemaphore(limits.concurrency)
    local = AsyncSemaphore(limits.localConcurrency)
  }

  /// Does something at a host when it is its turn; turns of a host are given in the order of the calls.
  ///
  /// - Parameters:
  ///   - host: the name of the host, with its port if that is not the usual one.
  ///   - delay: what the host itself asks for between two requests; the longer one of this and the limit counts.
  /// - Throws: ``Paused``, `CancellationError`, or what `work` throws.
  public nonisolated(nonsending) func withTurn<Value>(
    at host: String, delay: Duration? = nil, _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    let isOwn = limits.isOwn(host)
    let lane = lane(of: host, isOwn: isOwn)
    let delay = isOwn ? .zero : max(delay ?? .zero, limits.delay)
    return try await lane.places.withPlace {
      try await lane.head.withPlace { try await begin(lane, delay: delay) }
      defer { requests.leave() }
      return try await work()
    }
  }

  /// Asks nothing more of a host for a while, whoever it is that wants to.
  public func pause(_ host: String, for duration: Duration, _ reason: Paused.Reason) {
    lane(of: host, isOwn: limits.isOwn(host)).pause(until: .now + duration, reason)
  }

  /// Does something with local files or another program when there is room for it. Such work must not be nested.
  ///
  /// - Throws: `CancellationError`, or what `work` throws.
  public nonisolated(nonsending) func withLocalTurn<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await local.withPlace(work)
  }

  /// Takes one of the places of all hosts once it is the lane's turn. Only one task of a lane is here at a time.
  private func begin(_ lane: HostLane, delay: Duration) async throws {
    while true {
      let now = ContinuousClock.now
      let turn = try lane.turn(patience: limits.patience, now: now)
      if turn > now {
        try await Task.sleep(until: turn, clock: .continuous)
        continue
      }
      try await requests.enter()
      // Another task may have been told to pause meanwhile.
      if lane.begin(delay: delay, now: .now) { return }
      requests.leave()
    }
  }

  private func lane(of host: String, isOwn: Bool) -> HostLane {
    let places = isOwn ? limits.perOwnHost : limits.perHost
    return lanes.withLock { lanes in
      if let lane = lanes[host] { return lane }
      let lane = HostLane(places: places)
      lanes[host] = lane
      return lane
    }
  }
}

/// The requests to one host.
private final class HostLane: Sendable {
  /// The requests that may be under way.
  let places: AsyncSemaphore
  /// The one that waits for its turn.
  let head = AsyncSemaphore(1)
  private let times = Mutex(Times())

  private struct Times {
    var next = ContinuousClock.now
    var pauseEnd = ContinuousClock.now
    var reason = HostGate.Paused.Reason.asked
  }

  init(places: Int) {
    self.places = AsyncSemaphore(places)
  }

  /// When the next request may begin, as things are.
  func turn(patience: Duration, now: ContinuousClock.Instant) throws(HostGate.Paused) -> ContinuousClock.Instant {
    let times = times.withLock { $0 }
    guard times.pauseEnd - now <= patience else {
      throw HostGate.Paused(remaining: times.pauseEnd - now, reason: times.reason)
    }
    return max(times.next, times.pauseEnd)
  }

  /// Begins a request, unless the host is not to be asked yet.
  func begin(delay: Duration, now: ContinuousClock.Instant) -> Bool {
    times.withLock { times in
      guard max(times.next, times.pauseEnd) <= now else { return false }
      times.next = now + delay
      return true
    }
  }

  func pause(until end: ContinuousClock.Instant, _ reason: HostGate.Paused.Reason) {
    times.withLock { times in
      guard end > times.pauseEnd else { return }
      (times.pauseEnd, times.reason) = (end, reason)
    }
  }
}
