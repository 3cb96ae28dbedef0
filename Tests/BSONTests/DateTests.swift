import BSON
import Foundation
import TestSupport
import Testing

@Suite struct DateTests {
  @Test func `dates keep their millisecond however often they are stored`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      let milliseconds = Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator)
      let date = MillisecondDate(milliseconds: milliseconds)
      #expect(MillisecondDate(date.date) == date)
      #expect(MillisecondDate(text: date.text) == date)
    }
  }

  @Test func `any milliseconds have a text that is read as they are`() {
    var generator = SeededGenerator(seed: 6)
    for milliseconds in [.min, .max, 0] + (0..<5_000).map({ _ in Int64(bitPattern: generator.next()) }) {
      let date = MillisecondDate(milliseconds: milliseconds)
      #expect(MillisecondDate(text: date.text) == date)
    }
  }

  @Test func `the text is that of Foundation`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      // From the year 0 to 9999, on whole seconds: Foundation rounds fractions.
      let seconds = Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator)
      let date = Date(timeIntervalSince1970: Double(seconds))
      guard seconds > -12_219_292_800 else { continue }
      #expect(MillisecondDate(milliseconds: seconds * 1000).text == date.formatted(.iso8601).dropLast() + ".000Z")
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2023-11-14T22:13:20.123Z", 1_700_000_000_123),
    ("2023-11-14T22:13:20.1Z", 1_700_000_000_100), ("2023-11-14T22:13:20.123999999Z", 1_700_000_000_123),
    ("2023-11-15T00:13:20.123+02:00", 1_700_000_000_123), ("2023-11-14T20:43:20-0130", 1_700_000_000_000),
    ("2023-11-15T00:13:20+02", 1_700_000_000_000), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("+10000-01-01T00:00:00.000Z", 253_402_300_800_000),
    ("-0001-12-31T00:00:00.000Z", -62_167_305_600_000),
  ])
  func `a date is read`(text: String, milliseconds: Int) throws {
    #expect(MillisecondDate(text: text)?.milliseconds == Int64(milliseconds))
    let date = try BSONDecoder().decode(Date.self, from: .string(text))
    #expect(MillisecondDate(date).milliseconds == Int64(milliseconds))
  }

  @Test(arguments: [
    "", "2023", "2023-11-14", "2023-11-14T22:13:20", "2023-11-14 22:13:20Z", "2023-13-01T00:00:00Z",
    "2023-00-01T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2023-04-31T00:00:00Z",
    "2023-01-00T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:60:00Z", "2023-01-01T00:00:60Z",
    "2023-01-01T00:00:00.Z", "2023-01-01T00:00:00ZZ", "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00+02:60",
    "2023-01-01T00:00:00+2", "12023-01-01T00:00:00Z", "2023-1-1T00:00:00Z", "２023-01-01T00:00:00Z", "now",
  ])
  func `what is no date is not read`(text: String) {
    #expect(MillisecondDate(text: text) == nil)
  }

  @Test func `dates beyond all bounds are the last that there are`() {
    #expect(MillisecondDate(Date.distantFuture).date == .distantFuture)
    #expect(MillisecondDate(Date(timeIntervalSince1970: 1e300)).milliseconds == .max)
    #expect(MillisecondDate(Date(timeIntervalSince1970: -1e300)).milliseconds == .min)
    #expect(MillisecondDate(milliseconds: 0).text == "1970-01-01T00:00:00.000Z")
    #expect(MillisecondDate(milliseconds: .max).text == "+292278994-08-17T07:12:55.807Z")
  }
}
