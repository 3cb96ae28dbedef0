import Domain

extension VectorStore {
  /// Finds the chunks that say the same as others, and notes which chunk stands for them: searches leave them out.
  ///
  /// Two chunks say the same if they have the same text but for white space, or if their vectors are very near (cosine of
  /// at least 0.95) and their texts share at least four fifths of their three-word shingles. The chunks that stand for
  /// others are chosen in the order in which chunks were published: one that is like a chunk that stands for itself is
  /// left to the first of these, and any other stands for itself. Only chunks that were stored, or whose stand-in was
  /// deleted or stored again, since the last time are compared, with those that stand for themselves, and what is linked
  /// otherwise because of them. Interrupted anywhere, it is completed by calling it again.
  ///
  /// - Parameter progress: told after each batch how many were compared, and of how many as far as is known by then.
  @discardableResult
  public func linkDuplicates(
    progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) async throws -> DuplicateReport {
    let categories = try await driver.models().active.keys.sorted()
    var search = DuplicateSearch(driver: driver, categories: categories)
    var waiting = try await search.waiting()
    while !waiting.isEmpty {
      var done = 0
      for batch in waiting.batches(of: Self.duplicatesPerBatch) {
        try Task.checkCancellation()
        try await search.link(batch)
        done += batch.count
        progress(search.compared, search.compared + waiting.count - done)
      }
      waiting = try await search.takeRequeued()
    }
    return search.report
  }

  private static var duplicatesPerBatch: Int { 256 }
}

extension Array {
  /// The elements in slices of at most `count`.
  func batches(of count: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}
