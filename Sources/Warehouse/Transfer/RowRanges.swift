/// Numbers of rows, those that follow on one another as a range, so that many take little room.
public struct RowRanges: Codable, Hashable, Sendable, CustomStringConvertible {
  /// How many ranges are kept.
  public static let maximumCount = 1000

  /// The ranges in order, each as its first and last number.
  public private(set) var ranges: [[Int]] = []
  /// How many rows behind the last range are counted only, since there are so many ranges.
  public private(set) var others = 0

  /// Adds a row behind all others.
  mutating func append(_ number: Int) {
    if others == 0, let last = ranges.indices.last, ranges[last][1] + 1 >= number {
      ranges[last][1] = number
    } else if others == 0, ranges.count < Self.maximumCount {
      ranges.append([number, number])
    } else {
      others += 1
    }
  }

  /// Such as `7, 9-120`; only the beginning of very many.
  public var description: String {
    let shown = ranges.prefix(20).map { $0[0] == $0[1] ? "\($0[0])" : "\($0[0])-\($0[1])" }
    return shown.joined(separator: ", ") + (shown.count < ranges.count || others > 0 ? " and others" : "")
  }
}
