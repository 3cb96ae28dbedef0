import Foundation
import HTTP

/// Before when an address is not asked for again.
///
/// After the first failure the next run may try again; after each further one the pause is four times as long, from one
/// hour to a week, so that what is broken for good costs little.
/// - Parameters:
///   - failures: how many runs in a row have failed.
///   - retryAfter: what the server asked for, in seconds; at most a day of it is waited for.
/// - Returns: nil for the next run.
func nextTry(after failures: Int, at date: Date, retryAfter: Double? = nil) -> Date? {
  let hour = 3600.0
  let own = failures < 2 ? 0 : min(7 * 24 * hour, hour * Double(1 << (2 * min(failures - 2, 8))))
  let asked = failures < 1 ? 0 : min(retryAfter ?? 0, 24 * hour)
  let pause = max(own, asked)
  return pause > 0 ? date + pause : nil
}

/// What a response asks to wait, in seconds; nil if it asks for nothing.
func retryAfter(_ response: HTTPResponse) -> Double? {
  response.headers["Retry-After"].flatMap { retryAfterSeconds($0, now: Date()) }
}

extension HostGate.Paused {
  /// What to report of an address that was not asked for.
  func failure(of address: WebAddress, at date: Date) -> CrawlFailure {
    let seconds = max(1, Int(remaining / .seconds(1)))
    switch reason {
    case .asked:
      return CrawlFailure(
        item: address.redacted,
        message: "its host asked for no requests for another \(seconds) seconds; try again later",
        attempts: 0, nextTry: date + Double(seconds))
    case .unreachable:
      return CrawlFailure(
        item: address.redacted,
        message: "its host could not be reached earlier in this run; check the address and the network connection",
        attempts: 0)
    }
  }
}
