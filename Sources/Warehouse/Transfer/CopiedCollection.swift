public import Domain

/// A collection that was copied.
public struct CopiedCollection: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String
  /// How many documents were new in the target.
  public var inserted = 0
  /// How many replaced another version of themselves.
  public var updated = 0
  /// How many were there already.
  public var unchanged = 0
  /// How many the source cannot read, or the target could not store.
  public var failed = 0
  /// The first of those, ``FailedDocument/maximumCount`` at most.
  public var failures: [FailedDocument] = []
  /// What both sides have.
  public var verification = CopyVerification()

  init(name: String) { self.name = name }

  /// How many documents were read.
  public var count: Int { inserted + updated + unchanged + failed }

  mutating func fail(_ id: String, _ reason: String) {
    failed += 1
    if failures.count < FailedDocument.maximumCount { failures.append(FailedDocument(id: id, reason: reason)) }
  }
}
