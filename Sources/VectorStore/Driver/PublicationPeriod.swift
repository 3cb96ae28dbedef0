import Foundation

/// The bounds of ``VectorFilter/published(from:before:)`` as engines compare dates with them.
///
/// Dates are stored in whole seconds, so that for a bound within a second the same pass as for the next whole one: both
/// bounds are rounded up. They are brought into the years 1 to 9999, which are those that RFC 3339 can write.
struct PublicationPeriod: Equatable, Sendable {
  /// The first second of the year 1, since 1970.
  static let firstSecond: Int64 = -62_135_596_800
  /// The first second of the year 10000.
  static let endOfTime: Int64 = 253_402_300_800

  /// The first second that passes; nil if there is no such bound.
  var first: Int64?
  /// The first second after those that pass; nil if there is no such bound.
  var end: Int64?

  /// - Parameters: as ``VectorFilter/published(from:before:)`` has them; beside what is not a number there is no date.
  init(from: Date?, before: Date?) {
    first = from.map { Self.second($0) ?? Self.endOfTime }
    end = before.map { Self.second($0) ?? Self.firstSecond }
  }

  /// The first whole second that is not before the date, within the years; nil if the date is not a number.
  private static func second(_ date: Date) -> Int64? {
    let seconds = date.timeIntervalSince1970.rounded(.up)
    if seconds.isNaN { return nil }
    return Int64(min(max(seconds, Double(firstSecond)), Double(endOfTime)))
  }
}
