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

extension BoilerplateLines {
  /// A line as the record of a run has it.
  struct Note: Encodable {
    var text: String
    var documents, outOf: Int
    var author, category, platform: String

    enum CodingKeys: String, CodingKey {
      case text, documents
      case outOf = "out_of"
      case author, category, platform
    }
  }

  /// The lines for the record of a run.
  var notes: [Note] {
    lines.map {
      Note(
        text: $0.text, documents: $0.documents, outOf: $0.outOf, author: $0.author, category: $0.category.rawValue,
        platform: $0.platform)
    }
  }
}
