import Embedding
import Foundation
import HTTP

/// Fetches a file to a path, going on behind the bytes that are there of an earlier attempt.
struct ResumedDownload {
  /// The most bytes of a file: no encoder of sentences has weights of 8 GiB.
  static let largest = 8 << 30

  let url: String
  /// What errors and progress call it.
  let name: String
  let path: String
  /// Its size as its source announced it; nil if it did not.
  let size: Int?
  let headers: HTTPHeaders
  let client: HTTPClient

  /// Fetches what is missing. The file is kept under its path with `.part` behind it until it is whole.
  ///
  /// - Throws: ``ModelPullError``; `HTTPError`; `CancellationError`.
  func run(_ tell: @Sendable (ModelPull.Progress) -> Void) async throws {
    let part = path + ".part"
    var present = ((try? FileManager.default.attributesOfItem(atPath: part)[.size]) as? NSNumber)?.intValue ?? 0
    if let size, present > size { present = 0 }
    if size == nil || present != size {
      present = try await fetch(part, from: present, tell)
    }
    if let size, present != size {
      throw ModelPullError.damaged(file: name, expected: "of \(size) bytes", found: "of \(present) bytes")
    }
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: part, toPath: path)
  }

  private func fetch(
    _ part: String, from present: Int, _ tell: @Sendable (ModelPull.Progress) -> Void
  ) async throws -> Int {
    var request = HTTPRequest(
      .get, url, headers: headers, trust: .configured, totalTimeout: 24 * 3600, stallTimeout: 60)
    request.maximumBodyBytes = Self.largest
    if present > 0 { request.headers["Range"] = "bytes=\(present)-" }
    let (head, body) = try await client.stream(request)
    // A server that takes no ranges sends all of it again, and one that has not so many bytes refuses.
    let isResumed = head.status == 206 && head.headers["Content-Range"]?.hasPrefix("bytes \(present)-") == true
    if head.status == 416 {
      try? FileManager.default.removeItem(atPath: part)
      throw ModelPullError.damaged(file: name, expected: "of more bytes", found: "of \(present) bytes")
    }
    guard head.status == 200 || isResumed else {
      throw HTTPError.unexpectedStatus(url: redactedURL(url), status: head.status, excerpt: "")
    }
    let file = try open(part, keeping: isResumed)
    defer { try? file.close() }
    var count = isResumed ? present : 0
    tell(ModelPull.Progress(file: name, completed: count, total: size))
    for try await bytes in body {
      count += bytes.count
      guard count <= size ?? Self.largest else {
        throw ModelPullError.tooLarge(file: name, limit: size ?? Self.largest)
      }
      do {
        try file.write(contentsOf: bytes)
      } catch {
        throw ModelPullError.cannotWrite(path: part, reason: systemReason(of: error))
      }
      tell(ModelPull.Progress(file: name, completed: count, total: size))
    }
    try file.synchronize()
    return count
  }

  private func open(_ part: String, keeping: Bool) throws -> FileHandle {
    do {
      let url = URL(fileURLWithPath: part)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      if !keeping || !FileManager.default.fileExists(atPath: part) { try Data().write(to: url) }
      let file = try FileHandle(forWritingTo: url)
      try file.seekToEnd()
      return file
    } catch {
      throw ModelPullError.cannotWrite(path: part, reason: systemReason(of: error))
    }
  }
}
