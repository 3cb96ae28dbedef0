/// What documents of the warehouse are made into, known by hashes: enough to tell what changed, and little enough to be kept
/// of every document.
struct DocumentSurvey: Sendable {
  /// A document that can be read.
  struct Entry: Sendable {
    var reference: DocumentReference
    var author: Identifier
    var link: String
    /// The hash of what the document is made from; see ``ChangedDocument/inputHash``.
    var inputHash: ContentHash
  }

  /// In the order of reading.
  private(set) var entries: [Entry] = []
  private(set) var unreadable: [CollectedDocument] = []
  /// The lines that many documents of an author repeat. Of all documents, changed or not: the others decide about each.
  private(set) var boilerplate = BoilerplateLines()
  /// How many there are of each author, by full name.
  private(set) var countByAuthor: [String: Int] = [:]

  /// Reads documents once, and once more those of a category in which there is boilerplate.
  ///
  /// - Parameter rule: what counts as boilerplate; nil for nothing.
  /// - Throws: what keeps the warehouse from being read.
  init(
    of warehouse: Warehouse, _ categories: [DataCategory], authors: [Identifier], _ rule: BoilerplateRule?
  ) async throws {
    let documents = CollectedDocuments(warehouse: warehouse, categories: categories, authors: authors)
    var counter = rule.map { BoilerplateCounter($0) }
    try await documents.forEachBatch { batch in
      for collected in batch { add(collected, to: &counter) }
    }
    if var exact = counter?.secondPass {
      try await documents.forEachBatch { batch in
        for document in batch.compactMap(\.document) { exact.add(document) }
      }
      counter = exact
    }
    boilerplate = counter?.lines ?? boilerplate
    try await noteBoilerplate(warehouse, categories, authors)
  }

  private mutating func add(_ collected: CollectedDocument, to counter: inout BoilerplateCounter?) {
    guard let document = collected.document else {
      unreadable.append(collected)
      return
    }
    entries.append(
      Entry(
        reference: collected.reference, author: document.authorID, link: document.link,
        inputHash: document.contentHash))
    countByAuthor[document.authorFullName, default: 0] += 1
    counter?.add(document)
  }

  /// Documents with boilerplate are made from what is left without it.
  private mutating func noteBoilerplate(
    _ warehouse: Warehouse, _ categories: [DataCategory], _ authors: [Identifier]
  ) async throws {
    let affected = categories.filter { category in boilerplate.lines.contains { $0.category == category } }
    guard !affected.isEmpty else { return }
    var hashes: [DocumentReference: ContentHash] = [:]
    try await CollectedDocuments(warehouse: warehouse, categories: affected, authors: authors).forEachBatch { batch in
      for collected in batch {
        guard let changed = collected.document.map({ ChangedDocument($0, without: boilerplate) }) else { continue }
        if !changed.boilerplate.isEmpty { hashes[collected.reference] = changed.inputHash }
      }
    }
    for index in entries.indices {
      if let hash = hashes[entries[index].reference] { entries[index].inputHash = hash }
    }
  }
}
