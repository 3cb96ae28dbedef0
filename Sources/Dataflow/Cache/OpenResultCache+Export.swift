public import Foundation
import Synchronization

extension OpenResultCache {
  /// Gives the JSON of an artifact's value, a piece at a time, so that a list larger than memory can be written.
  ///
  /// - Parameter take: what is done with each piece, in order; together they are one JSON value in the canonical form.
  /// - Throws: ``DataflowError/notStored(artifact:reason:)``, nearly always before the first piece; what `take` throws.
  public func export(_ artifact: ArtifactRecord, to take: (Data) throws -> Void) throws {
    let name = "\(artifact.name)@\(artifact.version)"
    guard let text = artifact.sha256, let digest = Digest256(hexadecimal: text) else {
      throw DataflowError.notStored(artifact: name, reason: "it has no JSON, which is what the cache keeps")
    }
    guard artifact.isItemized else {
      guard let data = value(for: digest) else { throw missing(name, artifact) }
      return try take(data)
    }
    guard let items = items(digest), items.allSatisfy(holds) else { throw missing(name, artifact) }
    try take(Data("[".utf8))
    var isFirst = true
    for item in items {
      guard var data = value(for: item) else { throw missing(name, artifact) }
      if artifact.isFlat { data = data.dropFirst().dropLast() }
      if data.isEmpty { continue }
      if !isFirst { try take(Data(",".utf8)) }
      isFirst = false
      try take(data)
    }
    try take(Data("]".utf8))
  }

  /// Keeps the digests of the items that make a list, one on each line, so that the list can be had by their digest.
  func storeItems(_ lines: Data, _ digest: Digest256) {
    let key = Digest256(parts: ["items", digest.description])
    // To be found is to be used: a list that is there already stays as long as its items.
    if lookup(key) == nil { store(lines, digest: digest, for: key) }
  }

  /// The digests of the items that make a list; nil if they are not known any more.
  private func items(_ digest: Digest256) -> [Digest256]? {
    if digest == Digest256(of: Data()) { return [] }
    guard let lines = value(for: digest) else { return nil }
    let items = lines.split(separator: UInt8(ascii: "\n")).map {
      Digest256(hexadecimal: String(decoding: $0, as: UTF8.self))
    }
    let known = items.compactMap { $0 }
    return known.count == items.count ? known : nil
  }

  private func holds(_ digest: Digest256) -> Bool {
    state.withLock { $0.source(of: digest) } != nil
  }

  private func missing(_ name: String, _ artifact: ArtifactRecord) -> DataflowError {
    .notStored(
      artifact: name,
      reason: artifact.isStored
        ? "it was removed to make room, or the cache was; run the pipeline again to make it anew"
        : "the run that made it did not keep it, since it had no cache or the step is one that is not cached")
  }
}
