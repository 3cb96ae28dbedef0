/// Finds what belongs to the subject of a deletion, in all stores.
struct DeletionSearch {
  let configuration: Configuration
  let warehouse: Warehouse
  let vectors: VectorStore

  /// - Throws: ``PipelineError/nothingToDelete(name:nearest:)`` if nothing is found anywhere; the stores' errors.
  func targets(of subject: DeletionSubject) async throws -> DeletionTargets {
    switch subject {
    case .author(let name): try await targets(ofAuthor: name)
    case .link(let link): try await targets(ofLink: link)
    }
  }

  private func targets(ofAuthor name: String) async throws -> DeletionTargets {
    var targets = DeletionTargets()
    targets.names = [name]
    targets.authors = [User(fullName: name).id]
    let users = try await warehouse.users()
    for user in users where targets.isName(user.fullName) {
      targets.users.insert(user.id)
      targets.names.insert(user.fullName)
    }
    targets.authors.formUnion(targets.users)
    let embedded = try await vectors.authors()
    for (id, name) in embedded where targets.isName(name) {
      targets.authors.insert(id)
      targets.names.insert(name)
    }
    for category in DataCategory.allCases { try await addDocuments(of: category, to: &targets) }
    for category in DataCategory.allCases {
      try await addEmbedded(of: category, .authors(targets.authors.sorted()), to: &targets)
    }
    let sets = try datasets(targets)
    let written = Set(sets.flatMap(\.authors))
    for (id, link) in sets.flatMap(\.documents) {
      targets.written.insert(id)
      targets.links.insert(link)
    }
    targets.names.formUnion(written.filter(targets.isName))
    try await OwnCollections(warehouse: warehouse).add(to: &targets, of: .author(name))
    let rows = keptRows()
    let hasRows = addRows(rows, to: &targets)
    guard !targets.isEmpty || hasRows || written.contains(where: targets.isName) else {
      let known = Set(
        users.map(\.fullName) + embedded.values + written + rows.compactMap { $0.authorFullName ?? $0.fullName })
      throw PipelineError.nothingToDelete(name: name, nearest: nearestName(to: name, in: known.sorted()))
    }
    for author in configuration.authors where targets.isName(author.name) {
      targets.names.insert(author.name)
      let sources = author.sources.flatMap { [$0.location, $0.recordedLocation] }
      targets.links.formUnion(sources)
      targets.sources.formUnion(author.sources.map(\.recordedLocation))
    }
    return targets
  }

  /// The documents by the person's identifiers, and those of another identifier by name: an import may have brought
  /// them without its user.
  private func addDocuments(of category: DataCategory, to targets: inout DeletionTargets) async throws {
    let documents = warehouse.collection(category)
    let names = try await documents.distinct(.authorFullName).filter(targets.isName)
    targets.names.formUnion(names)
    let mine: Filter<RawDocument> = Field.authorID.isIn(targets.authors.sorted()) || Field.authorFullName.isIn(names)
    try await add(documents.find(as: DeletedDocument.self, mine), of: category, to: &targets)
  }

  private func targets(ofLink link: String) async throws -> DeletionTargets {
    var targets = DeletionTargets()
    targets.links = [link]
    let derived = Identifier("document", [link])
    for category in DataCategory.allCases {
      // One without a link is known by its identifier.
      let id = link.hasPrefix(identifierLink) ? String(link.dropFirst(identifierLink.count)) : derived.uuidString
      let found = warehouse.collection(category).find(
        as: DeletedDocument.self, .link == link || Field.id == Identifier(existing: id))
      try await add(found, of: category, to: &targets)
      let known = targets.stored[category, default: []].union([derived])
      try await addEmbedded(of: category, .link(link) || .documents(known), to: &targets)
    }
    try await OwnCollections(warehouse: warehouse).add(to: &targets, of: .link(link))
    let rows = keptRows()
    let isKept = addRows(rows, to: &targets) || Quarantine(configuration.quarantine.folder).has(link)
    let isWritten = try datasets(targets).contains { $0.report.samples > 0 || $0.report.rejections > 0 }
    guard !targets.isEmpty || isKept || isWritten else {
      let known = try await links() + rows.compactMap(\.link)
      throw PipelineError.nothingToDelete(name: link, nearest: nearestName(to: link, in: known))
    }
    return targets
  }

  /// What the vector store has, searches find it or not: a change of the model that is under way would bring it back.
  private func addEmbedded(
    of category: DataCategory, _ filter: VectorFilter, to targets: inout DeletionTargets
  ) async throws {
    let found = try await vectors.contents(of: category, where: filter)
    targets.embedded[category] = Set(found.keys)
    targets.chunks += found.values.reduce(0, +)
  }

  /// What the rows that were not imported say of themselves.
  private func keptRows() -> [RowIdentity] {
    configuration.importShelves.flatMap { $0.rows().compactMap(\.identity) }
  }

  /// Adds the names and links by which the subject's own rows are known, and says whether there are any such rows.
  private func addRows(_ rows: [RowIdentity], to targets: inout DeletionTargets) -> Bool {
    let own = rows.filter(targets.owns)
    targets.links.formUnion(own.compactMap(\.link))
    let names = own.flatMap { [$0.authorFullName, $0.fullName].compactMap(\.self) }
    targets.names.formUnion(names.filter(targets.isName))
    return !own.isEmpty
  }

  private func add(
    _ found: DocumentSequence<DeletedDocument>, of category: DataCategory, to targets: inout DeletionTargets
  ) async throws {
    let isPerson = !targets.authors.isEmpty
    for try await batch in found.batches {
      for document in batch.documents {
        targets.stored[category, default: []].insert(document.id)
        if isPerson, let author = document.authorID { targets.authors.insert(author) }
        targets.links.insert(document.link ?? identifierLink + document.id.uuidString)
        if let source = document.crawl?.source { targets.sources.insert(source) }
      }
      // It is the subject's all the same, or the store would not have found it.
      for document in batch.unreadable { targets.stored[category, default: []].insert(document.id) }
    }
  }

  /// The sets that were written.
  ///
  /// - Throws: `DatasetError.unusableSet`.
  func datasets(_ targets: DeletionTargets) throws -> [DatasetRemoval] {
    try DatasetKind.allCases.compactMap { kind in
      try DatasetRemoval(kind, in: configuration.dataset.output) { targets.covers($0, link: $1, author: $2) }
    }
  }

  /// Some links of the warehouse, to suggest one of them.
  private func links() async throws -> [String] {
    var links: [String] = []
    for category in DataCategory.allCases {
      let some = warehouse.collection(category).find(as: DeletedDocument.self, limit: 10_000)
      for try await batch in some.batches { links += batch.documents.compactMap(\.link) }
    }
    return links
  }
}

extension Quarantine {
  /// Whether an item is the link, or came from it.
  fileprivate func has(_ link: String) -> Bool { list().contains { $0.item == link || $0.parent == link } }
}

/// How the link of a document begins that was stored without one; its identifier follows.
private let identifierLink = "urn:uuid:"

/// What a deletion needs to know of a document.
private struct DeletedDocument: Projection {
  static let fields: [ProjectedField<RawDocument>] = [
    .init(.link), .init(.authorID), .init(Field<RawDocument, CrawlRecord>("crawl")),
  ]

  let id: Identifier
  let link: String?
  let authorID: Identifier?
  let crawl: CrawlRecord?

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case link
    case authorID = "author_id"
    case crawl
  }
}
