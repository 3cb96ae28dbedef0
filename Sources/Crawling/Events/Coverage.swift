/// How much of a source a crawl has seen.
public enum Coverage: Sendable, Hashable {
  /// All of it: a document of an earlier crawl that was not among the events is gone at the source.
  case complete
  /// Some of it: what was not seen may still be there, as with a feed, or when something failed.
  case partial
  /// Nothing, since the source as a whole is as it was when it was read completely: all its documents are still there.
  case unchanged
}
