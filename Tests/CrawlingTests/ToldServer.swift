import Foundation
import TestSupport

/// A server of `Tests/Peers/` that is told what it knows by a file, and whose log can be read.
final class ToldServer: Sendable {
  /// One request that it was sent.
  struct Request: Decodable {
    let path: String
    let status: Int
    let authorization: String?
    let entityTag: String?
  }

  /// Where it reads what it knows.
  let folder: TemporaryFolder
  private let peer: PeerServer
  private let file: String

  /// - Parameter file: the name of the file that it reads.
  init(_ script: String, file: String) throws {
    folder = try TemporaryFolder()
    peer = try PeerServer(script, arguments: [folder.url.path])
    self.file = file
  }

  /// Its address, without a path.
  var origin: String { "http://127.0.0.1:\(peer.port)" }

  /// Says what it knows, as JSON.
  func tell(_ json: String) throws { try folder.write(json, to: file) }

  /// The requests so far.
  func requests() throws -> [Request] {
    guard let log = FileManager.default.contents(atPath: folder.path("log")) else { return [] }
    return try log.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Request.self, from: Data($0)) }
  }

  /// Forgets the requests so far.
  func forget() throws { try? FileManager.default.removeItem(atPath: folder.path("log")) }
}
