extension BoilerplateLines {
  /// Finds the boilerplate of all documents of some authors; their texts stream through.
  ///
  /// - Parameter rule: what counts as boilerplate; nil for nothing, and then nothing is read.
  /// - Throws: what keeps the warehouse from being read.
  init(
    in warehouse: Warehouse, _ categories: [DataCategory], authors: [Identifier], _ rule: BoilerplateRule?
  ) async throws {
    guard let rule else {
      self.init()
      return
    }
    var counter = BoilerplateCounter(rule)
    try await counter.add(warehouse, categories, authors)
    if var exact = counter.secondPass {
      try await exact.add(warehouse, categories, authors)
      counter = exact
    }
    self = counter.lines
  }
}

extension BoilerplateCounter {
  fileprivate mutating func add(
    _ warehouse: Warehouse, _ categories: [DataCategory], _ authors: [Identifier]
  ) async throws {
    // What many files of a repository repeat is no boilerplate.
    for category in categories where category != .repositories {
      for try await batch in warehouse.documents(in: category, authors: authors).batches {
        for document in batch.documents { add(document) }
      }
    }
  }
}
