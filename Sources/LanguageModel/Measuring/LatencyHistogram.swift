import Foundation

/// How long many requests took, in memory that does not grow with them.
///
/// Times from 1 ms to 100,000 s fall into buckets each of which reaches 4 % further than the last. A quantile is the middle
/// of its bucket, so that it is off by 2 % at most; times outside count as the nearest bucket's.
public struct LatencyHistogram: Hashable, Sendable {
  /// The most by which a quantile is off, as a part of it.
  public static let error = 0.02
  private static let least = 0.001
  private static let growth = 1.04
  /// ln(100,000 s / 1 ms) / ln(1.04)
  private static let bucketCount = 470

  /// How many times there are.
  public private(set) var count = 0
  private var counts: [Int: Int] = [:]

  /// Nothing yet.
  public init() {}

  /// Adds a time in seconds.
  public mutating func add(_ seconds: Double) {
    // NaN counts as the least.
    let bucket = seconds > Self.least ? log(seconds / Self.least) / log(Self.growth) : 0
    counts[Int(min(bucket, Double(Self.bucketCount - 1))), default: 0] += 1
    count += 1
  }

  /// The time that such a part of all did not exceed, in seconds; nil when there are none.
  ///
  /// - Parameter part: from 0 to 1: 0.5 for the median.
  public func quantile(_ part: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((part * Double(count)).rounded(.up)))
    var seen = 0
    for (bucket, number) in counts.sorted(by: { $0.key < $1.key }) {
      seen += number
      if seen >= rank { return Self.least * pow(Self.growth, Double(bucket) + 0.5) }
    }
    return nil
  }
}
