/// What an engine does that keeps no snapshots.
extension VectorStoreDriver {
  func makeSnapshots() async throws -> [CollectionSnapshot] { throw unsupported("make snapshots") }
  func snapshots() async throws -> [CollectionSnapshot] { throw unsupported("list snapshots") }
  func restore(_ snapshot: CollectionSnapshot) async throws { throw unsupported("restore a snapshot") }
  func remove(_ snapshot: CollectionSnapshot) async throws { throw unsupported("remove a snapshot") }

  private func unsupported(_ operation: String) -> VectorStoreError {
    .unsupported(
      store: location, operation: operation,
      instead:
        "Copy its file while nothing writes to it, or run `twin vectors copy` with another file as the target; to "
        + "go back, put that file into its place.")
  }
}
