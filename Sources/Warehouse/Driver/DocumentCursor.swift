/// A reader of the documents that a query means. It is used by one task at a time.
///
/// What it holds of the store is given back at the end, by ``close()``, or with its last reference.
protocol DocumentCursor: Sendable {
  /// The next documents; nil at the end, and ever after.
  func next() async throws -> RawBatch?

  /// Gives back what is held, when the rest is not wanted.
  func close()
}
