/// What tells the time to limits, pauses and breakers; tests have one of their own, which they move.
public struct ModelClock: Sendable {
  /// The seconds since a moment in the past; they never go backwards.
  public let now: @Sendable () -> Double
  /// Waits for so many seconds, or throws `CancellationError`.
  public let sleep: @Sendable (Double) async throws -> Void

  /// Makes a clock; see the properties.
  public init(
    now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The system's clock.
  public static let system: ModelClock = {
    let start = ContinuousClock.now
    return ModelClock(
      now: { start.duration(to: .now) / .seconds(1) }, sleep: { try await Task.sleep(for: .seconds($0)) })
  }()
}
