import Domain

/// The verification of one category's documents and chunks.
struct CategoryVerification {
  /// How many things that are wrong are looked at again, and mended, together.
  private static let batchSize = 256

  let driver: any VectorStoreDriver
  let category: DataCategory
  let generation: Generation
  let model: EmbeddingModelInfo
  let mends: Bool
  let progress: (@Sendable (TransferProgress) -> Void)?
  var report: VerificationReport

  private var cleaned: CollectionReference { .init(kind: .cleaned, category: category, generation: generation) }
  private var embedded: CollectionReference { .init(kind: .embedded, category: category, generation: generation) }

  mutating func run(_ depth: VerificationDepth) async throws {
    let isComplete = try await documents()
    let documentsWithChunks = try await verifyReferences(isComplete)
    let lonely = isComplete.filter { $0.value && !documentsWithChunks.contains($0.key) }.keys.sorted()
    try await verifyTexts(of: lonely)
    if depth == .contents { try await verifyContents(of: isComplete) }
    report.incompleteDocuments += isComplete.filter { !$0.value }.keys.sorted()
  }

  /// Which documents there are, and whether they are complete.
  private mutating func documents() async throws -> [Identifier: Bool] {
    var isComplete: [Identifier: Bool] = [:]
    let (driver, category, generation) = (driver, category, generation)
    for try await state in StoredSequence(page: {
      try await driver.states(of: category, authors: nil, in: generation, from: $0)
    }) {
      isComplete[state.id] = state.state.isComplete
    }
    report.documents += isComplete.count
    return isComplete
  }

  /// Walks through the chunks by what they refer to.
  ///
  /// - Returns: the documents that chunks refer to.
  private mutating func verifyReferences(_ documents: [Identifier: Bool]) async throws -> Set<Identifier> {
    let total = try await driver.count(where: .everything, in: embedded)
    var (found, standIns): (Set<Identifier>, Set<Identifier>) = ([], [])
    var (completed, cursor): (Int, Identifier?) = (0, nil)
    repeat {
      try Task.checkCancellation()
      let page = try await driver.references(in: embedded, where: .everything, from: cursor)
      completed += page.elements.count
      found.formUnion(page.elements.map(\.documentID))
      standIns.formUnion(page.elements.compactMap { $0.link?.duplicateOf })
      try await noteOrphans(page.elements.filter { documents[$0.documentID] == nil })
      tell(embedded, completed, of: total)
      cursor = page.next
    } while cursor != nil
    report.chunks += completed
    try await verifyLinks(to: standIns.sorted())
    return found
  }

  /// Notes chunks whose document is not there, now that it is looked for again: others may have stored it, or deleted
  /// its chunks, since the documents were listed.
  private mutating func noteOrphans(_ candidates: [ChunkReference]) async throws {
    var orphans: [Identifier] = []
    for (document, chunks) in Dictionary(grouping: candidates, by: \.documentID) {
      if try await driver.count(where: .document(document), in: cleaned) == 0 { orphans += chunks.map(\.id) }
    }
    for ids in batches(of: orphans.sorted()) {
      let there = try await driver.references(in: embedded, where: .identifier(anyOf: ids), from: nil).elements
      report.chunksWithoutDocument += there.map(\.id)
      if mends, !there.isEmpty {
        _ = try await driver.delete(where: .identifier(anyOf: there.map(\.id)), from: embedded)
      }
    }
  }

  /// Notes chunks that say the same as one that is not stored, in whatever category.
  private mutating func verifyLinks(to standIns: [Identifier]) async throws {
    for ids in batches(of: standIns) {
      try Task.checkCancellation()
      let missing = try await missing(of: ids)
      guard !missing.isEmpty else { continue }
      let filter = VectorFilter.field(.duplicateOf, anyOf: missing.map(\.uuidString))
      var cursor: Identifier?
      repeat {
        let page = try await driver.references(in: embedded, where: filter, from: cursor)
        report.chunksWithBrokenLink += page.elements.map(\.id)
        if mends { try await driver.unlink(page.elements.map(\.id), in: embedded) }
        cursor = page.next
      } while cursor != nil
    }
  }

  /// Those of the chunks that no category has.
  private func missing(of ids: [Identifier]) async throws -> [Identifier] {
    var missing = Set(ids)
    for other in [category] + DataCategory.allCases.filter({ $0 != category }) where !missing.isEmpty {
      let collection = CollectionReference(kind: .embedded, category: other, generation: generation)
      let filter = VectorFilter.identifier(anyOf: missing.sorted())
      missing.subtract(try await driver.references(in: collection, where: filter, from: nil).elements.map(\.id))
    }
    return missing.sorted()
  }

  /// Notes those of the documents, none of which has a chunk, that have a text.
  private mutating func verifyTexts(of ids: [Identifier]) async throws {
    for ids in batches(of: ids) {
      var cursor: Identifier?
      repeat {
        try Task.checkCancellation()
        let page = try await driver.page(
          of: CleanedDocument.self, in: cleaned, where: .identifier(anyOf: ids), from: cursor)
        for document in page.elements where document.hasText {
          // Others may have stored it just now.
          guard try await driver.count(where: .document(document.id), in: embedded) == 0 else { continue }
          report.documentsWithoutChunks.append(document.id)
          try await markIncomplete(document)
        }
        cursor = page.next
      } while cursor != nil
    }
  }

  /// Reads every complete document with its chunks.
  private mutating func verifyContents(of documents: [Identifier: Bool]) async throws {
    let total = documents.count
    let chunks = ReadableChunks(driver: driver, collection: embedded, model: model)
    let filter = VectorFilter.everything
    var (completed, cursor): (Int, Identifier?) = (0, nil)
    repeat {
      let page = try await driver.page(of: CleanedDocument.self, in: cleaned, where: filter, from: cursor)
      for group in page.elements.groupedByLength() {
        try Task.checkCancellation()
        try await verify(group, chunks)
      }
      // Of which not even the state can be read is incomplete, and told of as such.
      for document in page.unreadable where documents[document.id] != false { try await note(document) }
      completed += page.elements.count
      tell(cleaned, completed, of: total)
      cursor = page.next
    } while cursor != nil
  }

  /// Notes a document that cannot be read. Deleted, it is one that the next run of `features` makes.
  private mutating func note(_ document: UnreadableElement) async throws {
    report.unreadableDocuments.append(.init(id: document.id, reason: document.reason))
    guard mends else { return }
    _ = try await driver.delete(where: .document(document.id), from: embedded)
    _ = try await driver.delete(where: .identifier(anyOf: [document.id]), from: cleaned)
  }

  private mutating func verify(_ documents: ArraySlice<CleanedDocument>, _ chunks: ReadableChunks) async throws {
    var texts: [Identifier: [UInt8]] = [:]
    for document in documents { texts[document.id] = Array(document.text.utf8) }
    var damaged: [Identifier: VerificationReport.DamagedDocument] = [:]
    let filter = VectorFilter.documents(documents.map(\.id))
    var (read, cursor): (Set<Identifier>, Identifier?) = ([], nil)
    repeat {
      let page = try await chunks.page(where: filter, from: cursor)
      read.formUnion(page.elements.map(\.id))
      for found in page.elements where damaged[found.documentID] == nil {
        guard let text = texts[found.documentID], let reason = found.problem(in: text, model: model) else { continue }
        damaged[found.documentID] = .init(id: found.documentID, chunk: found.id, reason: reason)
      }
      cursor = page.next
    } while cursor != nil
    if try await driver.count(where: filter, in: embedded) > read.count {
      for reference in try await references(where: filter) where !read.contains(reference.id) {
        damaged[reference.documentID] = .init(
          id: reference.documentID, chunk: reference.id, reason: "it has no vector")
      }
    }
    for document in documents {
      guard let damage = damaged[document.id], try await isAsItWas(document) else { continue }
      report.damagedDocuments.append(damage)
      try await markIncomplete(document)
    }
  }

  private func references(where filter: VectorFilter) async throws -> [ChunkReference] {
    var references: [ChunkReference] = []
    var cursor: Identifier?
    repeat {
      let page = try await driver.references(in: embedded, where: filter, from: cursor)
      references += page.elements
      cursor = page.next
    } while cursor != nil
    return references
  }

  /// Whether nobody has stored another version meanwhile, to whose text the chunks belong.
  private func isAsItWas(_ document: CleanedDocument) async throws -> Bool {
    let page = try await driver.page(
      of: CleanedDocument.self, in: cleaned, where: .identifier(anyOf: [document.id]), from: nil)
    return page.elements.first == document
  }

  /// Makes sure that the next run of `features` makes the document again.
  private func markIncomplete(_ document: CleanedDocument) async throws {
    guard mends else { return }
    var document = document
    document.fingerprint = DocumentState.incomplete
    try await driver.upsert([document], into: cleaned)
  }

  private func batches(of ids: [Identifier]) -> [[Identifier]] {
    stride(from: 0, to: ids.count, by: Self.batchSize).map { Array(ids[$0..<min($0 + Self.batchSize, ids.count)]) }
  }

  private func tell(_ collection: CollectionReference, _ completed: Int, of total: Int) {
    progress?(
      TransferProgress(
        activity: .verifying, collection: collection.kind.collection(of: category, prefix: driver.prefix),
        completed: completed, total: max(total, completed)))
  }
}

extension CleanedDocument {
  /// Whether there is anything to make chunks of.
  fileprivate var hasText: Bool { text.unicodeScalars.contains { !$0.properties.isWhitespace } }
}
