import Foundation
import HTTP

/// GitHub's REST interface, and where the repositories that it names are.
package struct GitHubInterface: Sendable {
  /// The root of the interface, without a slash at the end.
  let root: String
  /// The location of a repository, by `owner/name`.
  let location: @Sendable (String) throws -> RepositoryLocation

  /// Takes an interface.
  ///
  /// - Parameters:
  ///   - root: GitHub's own by default.
  ///   - location: on github.com by default.
  package init(
    root: String = "https://api.github.com",
    location: @escaping @Sendable (String) throws -> RepositoryLocation = { try RepositoryLocation(gitHub: $0) }
  ) {
    self.root = root
    self.location = location
  }

  /// What holds for requests to it.
  ///
  /// - Parameter token: sent to the interface's origin only.
  func web(token: String?) throws(CrawlError) -> WebInterface {
    var headers: HTTPHeaders = ["X-GitHub-Api-Version": "2022-11-28"]
    if let token, !token.isEmpty { headers["Authorization"] = "Bearer \(token)" }
    var web = try WebInterface(root, headers: headers)
    web.pause = gitHubPause
    return web
  }
}

/// How long GitHub asks to wait (docs.github.com, "Rate limits for the REST API"): by `retry-after`, or when nothing
/// remains of an hour's requests, until `x-ratelimit-reset`, in seconds since 1970.
func gitHubPause(_ response: HTTPResponseHead, now: Date) -> Double? {
  if let asked = response.headers["Retry-After"].flatMap({ retryAfterSeconds($0, now: now) }) { return asked }
  guard response.headers["x-ratelimit-remaining"] == "0",
    let reset = response.headers["x-ratelimit-reset"].flatMap({ Double($0) }), reset.isFinite
  else { return nil }
  return max(0, reset - now.timeIntervalSince1970)
}
