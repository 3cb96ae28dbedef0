import CCurl
package import Foundation

/// How many seconds a `Retry-After` value asks to wait: a number of seconds, or a date in any of HTTP's three forms
/// (RFC 9110, sections 10.2.3 and 5.6.7). A date in the past is 0; nil if it is neither.
package func retryAfterSeconds(_ value: String, now: Date) -> Double? {
  if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
    return Double(value)
  }
  let time = curl_getdate(value, nil)
  return time < 0 ? nil : max(0, Double(time) - now.timeIntervalSince1970)
}
