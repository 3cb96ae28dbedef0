import Foundation
import Testing

@testable import HTTP

struct PolicyTests {
  private let policy = RetryPolicy(maximumAttempts: 5, base: 0.5, cap: 8, isIdempotent: true)

  @Test(arguments: [(1, 0.25, 0.5), (2, 0.5, 1.0), (3, 1, 2), (4, 2, 4), (5, 4, 8), (6, 4, 8), (1000, 4, 8)])
  func `pauses double up to the cap, and half of each is chance`(attempt: Int, least: Double, most: Double) {
    #expect(policy.delay(after: attempt, retryAfter: nil, random: 0) == least)
    #expect(policy.delay(after: attempt, retryAfter: nil, random: 1) == most)
  }

  @Test func `the server's wish is the least pause, also above the cap`() {
    #expect(policy.delay(after: 1, retryAfter: 100, random: 0) == 100)
    #expect(policy.delay(after: 5, retryAfter: 1, random: 1) == 8)
  }

  @Test(arguments: [
    ("0", 0.0), ("120", 120), ("Fri, 31 Dec 1999 23:59:59 GMT", 59), ("Friday, 31-Dec-99 23:59:59 GMT", 59),
    ("Fri Dec 31 23:59:59 1999", 59), ("Fri, 31 Dec 1999 20:00:00 GMT", 0),
  ])
  func `a wish is a number of seconds or a date in any of three forms`(value: String, expected: Double) {
    let now = Date(timeIntervalSince1970: 946_684_740)
    #expect(retryAfterSeconds(value, now: now) == expected)
  }

  @Test(arguments: ["", "soon", "-1", "1.5.2", "²"])
  func `any other wish is none`(value: String) {
    #expect(retryAfterSeconds(value, now: Date()) == nil)
  }

  @Test func `an origin is scheme, host and port`() throws {
    let origin = try WebURL("http://Example.com/a").origin
    #expect(try WebURL("http://user:pw@example.com:80/b?c").origin == origin)
    #expect(try WebURL("https://example.com/a").origin != origin)
    #expect(try WebURL("http://example.com:8080/a").origin != origin)
    #expect(try WebURL("http://www.example.com/a").origin != origin)
  }
}
