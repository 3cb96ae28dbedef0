import Crypto
import Embedding
import Foundation
import HTTP

/// A model's repository at the Hugging Face hub.
///
/// `GET /api/models/REPOSITORY/revision/REVISION?blobs=true` lists the files of a commit with their hashes: SHA-256 of the
/// large ones, Git's own of the others. `GET /REPOSITORY/resolve/COMMIT/PATH` gives one (hub API, as `huggingface_hub` uses
/// it).
struct HubModel {
  let repository: String
  let revision: String
  let servers: ModelServers
  let client: HTTPClient

  private struct Listing: Decodable {
    struct Card: Decodable { let license: String? }
    struct File: Decodable {
      struct Large: Decodable {
        let sha256: String
        let size: Int?
      }
      let rfilename: String
      let size: Int?
      let blobId: String?
      let lfs: Large?
    }
    let sha: String
    let cardData: Card?
    let siblings: [File]
  }

  private var base: String { withoutTrailingSlash(servers.hub) }

  private var headers: HTTPHeaders {
    var headers = HTTPHeaders()
    if let token = servers.hubToken { headers["Authorization"] = "Bearer \(token)" }
    return headers
  }

  /// Fetches the files that a model has of those that are read.
  ///
  /// - Throws: ``ModelPullError``; `HTTPError`; `CancellationError`.
  func fetch(into work: String, _ tell: @escaping @Sendable (ModelPull.Progress) -> Void) async throws -> ModelManifest
  {
    let address = "\(base)/api/models/\(repository)/revision/\(encoded(revision))?blobs=true"
    let listing = try await client.send(
      HTTPRequest(.get, address, headers: headers, trust: .configured), decoding: Listing.self)
    guard listing.sha.utf8.allSatisfy({ $0.isHexadecimalDigit }), !listing.sha.isEmpty else {
      throw HTTPError.unexpectedJSON(url: redactedURL(address), reason: "sha is not that of a commit")
    }
    var files: [ModelManifest.File] = []
    for file in listing.siblings where ModelManifest.paths.contains(file.rfilename) {
      files.append(try await fetch(file, of: listing.sha, into: work, tell))
    }
    return ModelManifest(
      source: "\(base)/\(repository)", revision: listing.sha, license: listing.cardData?.license, files: files)
  }

  private func fetch(
    _ file: Listing.File, of commit: String, into work: String,
    _ tell: @escaping @Sendable (ModelPull.Progress) -> Void
  ) async throws -> ModelManifest.File {
    let path = work + "/" + file.rfilename
    if let known = hashedFile(path), try isRight(file, path, known.sha256) {
      return ModelManifest.File(path: file.rfilename, size: known.size, sha256: known.sha256)
    }
    try await ResumedDownload(
      url: "\(base)/\(repository)/resolve/\(commit)/\(file.rfilename)", name: file.rfilename, path: path,
      size: file.lfs?.size ?? file.size, headers: headers, client: client
    ).run(tell)
    guard let (size, hash) = hashedFile(path) else {
      throw ModelPullError.cannotWrite(path: path, reason: "it cannot be read again")
    }
    guard try isRight(file, path, hash) else {
      try? FileManager.default.removeItem(atPath: path)
      throw ModelPullError.damaged(file: file.rfilename, expected: file.lfs?.sha256 ?? file.blobId ?? "", found: hash)
    }
    return ModelManifest.File(path: file.rfilename, size: size, sha256: hash)
  }

  /// Whether a file is the one that the hub lists. What it lists without a hash cannot be told from another.
  private func isRight(_ file: Listing.File, _ path: String, _ hash: String) throws -> Bool {
    if let large = file.lfs { return large.sha256 == hash }
    guard let blob = file.blobId, blob.utf8.count == 40, let bytes = FileManager.default.contents(atPath: path) else {
      return file.blobId == nil
    }
    // Git's name of a file's bytes (git-scm.com/book, "Git Objects").
    var hasher = Insecure.SHA1()
    hasher.update(data: Data("blob \(bytes.count)\0".utf8))
    hasher.update(data: bytes)
    return hasher.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == blob
  }

  private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._"))) ?? text
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }
}
