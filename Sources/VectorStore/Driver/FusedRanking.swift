/// Two rankings that were joined.
struct FusedRanking: Sendable {
  /// Best first.
  var chunks: [ScoredChunk]
  /// Whether there are no more than these.
  var areAll: Bool
}
