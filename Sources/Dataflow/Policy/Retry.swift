/// When a call that threw is tried again.
public struct Retry: Sendable, Hashable {
  /// How often it is tried at most, the first time included.
  public var attempts: Int
  /// The wait before the second try.
  public var delay: Duration
  /// By what each further wait is longer.
  public var factor: Double
  /// The longest wait.
  public var ceiling: Duration

  /// Tries `attempts` times, with a wait that grows by `factor`: by default 1 s, 2 s, 4 s … up to a minute.
  public init(attempts: Int, delay: Duration = .seconds(1), factor: Double = 2, ceiling: Duration = .seconds(60)) {
    self.attempts = max(1, attempts)
    self.delay = delay
    self.factor = factor
    self.ceiling = ceiling
  }

  /// One try.
  public static let never = Retry(attempts: 1)

  /// Tries `attempts` times, as ``init(attempts:delay:factor:ceiling:)`` says.
  public static func attempts(_ attempts: Int, delay: Duration = .seconds(1)) -> Retry {
    Retry(attempts: attempts, delay: delay)
  }

  /// The wait after so many tries, from 1: between half of the full wait and all of it, so that calls that failed
  /// together do not come back together.
  func wait(after tries: Int) -> Duration {
    let full = delay.seconds * pow(factor, tries - 1)
    return .seconds(min(full, ceiling.seconds) * Double.random(in: 0.5...1))
  }
}

private func pow(_ base: Double, _ exponent: Int) -> Double {
  (0..<max(0, exponent)).reduce(1) { power, _ in min(power * base, 1e9) }
}
