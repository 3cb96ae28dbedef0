import Foundation
import Pipelines
import Testing

@Suite struct SearchPeriodTests {
  private func span(_ text: String) throws -> [String] {
    let period = try SearchPeriod(text)
    return [period.start, period.end].map { $0.formatted(.iso8601) }
  }

  @Test func `a year, a month, a day and a second stand for all of themselves`() throws {
    #expect(try span("2025") == ["2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"])
    #expect(try span("2025-12") == ["2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"])
    #expect(try span("2024-02") == ["2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"])
    #expect(try span("2024-02-29") == ["2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"])
    #expect(try span("2025-03-09T06:30:00Z") == ["2025-03-09T06:30:00Z", "2025-03-09T06:30:01Z"])
    #expect(try span("2025-03-09t06:30:00.25+01:00") == ["2025-03-09T05:30:00Z", "2025-03-09T05:30:01Z"])
    #expect(try span("2025-03-09 23:30:00-00:45") == ["2025-03-10T00:15:00Z", "2025-03-10T00:15:01Z"])
    #expect(try span("1900-02-28") == ["1900-02-28T00:00:00Z", "1900-03-01T00:00:00Z"])
  }

  @Test(arguments: [
    "", "25", "20255", "2025-", "2025-13", "2025-00", "2025-1", "2025-02-29", "2025-04-31", "2025-04-00", "0000",
    "2025-03-09T", "2025-03-09T06:30Z", "2025-03-09T24:00:00Z", "2025-03-09T06:60:00Z", "2025-03-09T06:30:00",
    "2025-03-09T06:30:00Zz", "2025-03-09T06:30:00.Z", "2025-03-09T06:30:00+1:00", "last week", "２０２５",
  ])
  func `anything else is refused with the forms that there are`(text: String) throws {
    let error = #expect(throws: SearchError.self) { try SearchPeriod(text) }
    let message = try #require(error).description
    #expect(message.contains("`\(text)`") && message.contains("2025-03-09T06:30:00Z"))
  }

  @Test func `every day of two centuries begins where the one before ends`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var last = try SearchPeriod("1895-12-31")
    var gaps: [String] = []
    for year in 1896...2104 {
      for month in 1...12 {
        let first = try #require(calendar.date(from: DateComponents(year: year, month: month, day: 1)))
        for day in 1...(calendar.range(of: .day, in: .month, for: first)?.count ?? 0) {
          let text = String(format: "%04d-%02d-%02d", year, month, day)
          let period = try SearchPeriod(text)
          if period.start != last.end { gaps.append(text) }
          last = period
        }
      }
    }
    #expect(gaps == [])
  }
}
