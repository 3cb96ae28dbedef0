import Foundation
import TestSupport

/// `github_server.py`: GitHub's REST interface for the accounts that a test says there are.
final class GitHubServer: Sendable {
  /// One request that it was sent.
  struct Request: Decodable {
    let path: String
    let status: Int
    let authorization: String?
    let entityTag: String?
  }

  private let peer: PeerServer
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    peer = try PeerServer("github_server.py", arguments: [folder.url.path])
  }

  /// Its address, without a path.
  var origin: String { "http://127.0.0.1:\(peer.port)" }

  /// Says what it knows, as JSON.
  func tell(_ accounts: String) throws { try folder.write(accounts, to: "accounts.json") }

  /// Says that there is one user with some repositories, each of which is a JSON object without braces.
  func tell(_ repositories: [String], of name: String = "ada", also: String = "") throws {
    let list = repositories.map { "{\($0)}" }.joined(separator: ",")
    try tell(#"{"accounts": {"\#(name)": {"repositories": [\#(list)]}}\#(also.isEmpty ? "" : ", " + also)}"#)
  }

  /// The requests so far.
  func requests() throws -> [Request] {
    guard let log = FileManager.default.contents(atPath: folder.path("log")) else { return [] }
    return try log.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Request.self, from: Data($0)) }
  }

  /// Forgets the requests so far.
  func forget() throws { try? FileManager.default.removeItem(atPath: folder.path("log")) }
}
