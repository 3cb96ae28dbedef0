import Foundation
import HTTP

/// An interface on the web that is made for programs, such as GitHub's: what holds for requests to its origin, and for no
/// request that a redirect sends elsewhere.
///
/// Its documentation says what programs may do, so that `robots.txt`, which is for those who follow links, is not asked
/// unless ``asksRobots`` says so.
struct WebInterface: Sendable {
  /// The scheme, host and port.
  let origin: String
  /// Fields of every request, such as a token.
  var headers: HTTPHeaders = [:]
  /// The least time between two requests, if its terms ask for one.
  var delay: Duration?
  /// Whether the host's `robots.txt` decides all the same.
  var asksRobots = false
  /// How long a response asks to wait, in seconds, if it does so in a way of its own; nil for the usual way.
  var pause: @Sendable (_ response: HTTPResponseHead, _ now: Date) -> Double? = { _, _ in nil }

  /// Makes an interface.
  ///
  /// - Parameter base: any address of it.
  /// - Throws: ``CrawlError/invalidLink(link:reason:)``.
  init(_ base: String, headers: HTTPHeaders = [:], delay: Duration? = nil) throws(CrawlError) {
    origin = try WebAddress(base).origin
    self.headers = headers
    self.delay = delay
  }
}
