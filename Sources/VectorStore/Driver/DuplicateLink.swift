import Domain

/// What is known of a chunk: that it says the same as another one, or that it does not.
struct DuplicateLink: Sendable, Hashable {
  var id: Identifier
  /// The chunk that stands for it; nil if it stands for itself.
  var duplicateOf: Identifier?
}
