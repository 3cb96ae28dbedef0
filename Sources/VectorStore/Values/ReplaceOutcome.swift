public import Domain

/// What a replacement stored.
public struct ReplaceOutcome: Sendable {
  /// How many documents were stored.
  public var documents = 0
  /// How many chunks were stored.
  public var chunksStored = 0
  /// How many chunks of former versions were deleted.
  public var chunksDeleted = 0
  /// The documents that cannot be stored, and why; nothing of theirs was changed.
  public var failures: [Identifier: VectorStoreError] = [:]
}

/// What a driver stored.
struct StoredCounts: Sendable {
  var chunksStored = 0
  var chunksDeleted = 0

  static func += (left: inout StoredCounts, right: StoredCounts) {
    left.chunksStored += right.chunksStored
    left.chunksDeleted += right.chunksDeleted
  }
}
