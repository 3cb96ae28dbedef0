import Domain
import GRDB
import Storage

extension EmbeddedDriver {
  /// How many rows are read at a time.
  static let statesPerPage = 2000

  func states(
    of category: DataCategory, authors: [Identifier]?, in generation: Generation, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState> {
    let filter = authors.map(VectorFilter.authors) ?? .everything
    let collection = CollectionReference(kind: .cleaned, category: category, generation: generation)
    return try await page(
      "t.id, t.input_hash, t.fingerprint FROM vector_documents AS t", in: collection, where: filter, from: cursor,
      limit: Self.statesPerPage, isInOrder: true
    ) { row, _ in
      let state = DocumentState(inputHash: ContentHash(stored: row[1]), fingerprint: ContentHash(stored: row[2]))
      return IdentifiedState(id: Identifier(existing: row[0]), state: state)
    }
  }

  func page<Document: VectorDocument>(
    of type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document> {
    let page: Any =
      switch collection.kind {
      case .cleaned: try await page(CleanedDocument.self, in: collection, where: filter, from: cursor)
      case .embedded: try await page(EmbeddedChunk.self, in: collection, where: filter, from: cursor)
      }
    return page as? Page<Document> ?? Page()
  }

  func references(
    in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<ChunkReference> {
    try await page(
      "t.id, s.document_id, t.duplicate_of, s.published_at FROM \(Chunk.tables)", in: collection, where: filter,
      from: cursor, limit: Self.statesPerPage
    ) { row, _ in
      let id = Identifier(existing: row[0])
      let link = (row[2] as String?).map { duplicateOf in
        DuplicateLink(id: id, duplicateOf: duplicateOf.isEmpty ? nil : Identifier(existing: duplicateOf))
      }
      return ChunkReference(
        id: id, documentID: Identifier(existing: row[1]), link: link, publishedAt: date(row[3]))
    }
  }

  func count(where filter: VectorFilter, in collection: CollectionReference) async throws -> Int {
    try await select("count(*)", in: collection, where: filter) { try $0.next().map { $0[0] } ?? 0 } ?? 0
  }

  func counts(
    by field: VectorField, where filter: VectorFilter, in collection: CollectionReference
  ) async throws -> [String: Int] {
    guard let column = field.column(collection.kind) else { return [:] }
    return try await select(
      "\(column.sql), count(*)", ofSources: column.isOfSource, in: collection, where: filter,
      after: "GROUP BY 1 HAVING \(column.sql) <> ''"
    ) { rows in
      var counts: [String: Int] = [:]
      while let row = try rows.next() { counts[row[0]] = row[1] }
      return counts
    } ?? [:]
  }

  func authorName(where filter: VectorFilter, in collection: CollectionReference) async throws -> String? {
    let isOfSource = collection.kind == .embedded
    return try await select(
      isOfSource ? "s.author" : "t.author", ofSources: isOfSource, in: collection, where: filter, after: "LIMIT 1"
    ) { rows in
      try rows.next().map { $0[0] }
    } ?? nil
  }

  private func page<Document: EmbeddedRow>(
    _ type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document> {
    try await page(
      type.selection, in: collection,
      where: type.kind == .cleaned ? filter && !.isIncomplete : filter, from: cursor,
      limit: type.kind == .cleaned ? 64 : 256
    ) { [location] row, space in
      try Document(row: row, in: space, location: location)
    }
  }

  /// Reads one page in a snapshot; a full page may have one after it, which begins after its last identifier.
  ///
  /// - Parameter isInOrder: whether an index has the rows that the filter wants in the order of their identifiers, so that
  ///   sorting all of them for each page would cost the square of their number.
  private func page<Element: Identifiable & Sendable>(
    _ selection: String, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?,
    limit: Int, isInOrder: Bool = false, _ element: @Sendable @escaping (Row, EmbeddedSpace) throws -> Element
  ) async throws -> Page<Element> where Element.ID == Identifier {
    try await database.read { [prefix] database in
      guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else { return Page() }
      let condition = try FilterCondition(filter, kind: collection.kind)
      // Few rows are better sorted than looked for among all, in the order of the identifiers, which SQLite would prefer:
      // the sign keeps it from using that index (sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_).
      let id = filter.isNarrow && !isInOrder ? "+t.id" : "t.id"
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(selection)
          WHERE t.space = \(space.key) AND \(condition.ofSpace(space)) AND \(id) > ? AND \(condition.sql)
          ORDER BY \(id) LIMIT ?
          """,
        arguments: [cursor?.uuidString ?? ""] + condition.arguments + [limit])
      var elements: [Element] = []
      while let row = try rows.next() { elements.append(try element(row, space)) }
      return Page(elements, next: elements.count == limit ? elements.last?.id : nil)
    }
  }

  /// Reads columns of what passes the filter; nil if there is no such collection.
  ///
  /// - Parameter ofSources: whether some of the columns are of `vector_sources`.
  private func select<Value: Sendable>(
    _ columns: String, ofSources: Bool = false, in collection: CollectionReference, where filter: VectorFilter,
    after clauses: String = "", _ read: @Sendable @escaping (RowCursor) throws -> Value
  ) async throws -> Value? {
    try await database.read { [prefix] database in
      guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else { return nil }
      let condition = try FilterCondition(filter, kind: collection.kind)
      return try read(
        try Row.fetchCursor(
          database,
          sql: """
            SELECT \(columns) FROM \(collection.kind.tables(withSources: ofSources || condition.concernsSources))
            WHERE t.space = \(space.key) AND \(condition.ofSpace(space)) AND \(condition.sql) \(clauses)
            """,
          arguments: condition.arguments))
    }
  }
}

extension VectorFilter {
  /// Whether it names documents or chunks, so that few pass.
  fileprivate var isNarrow: Bool {
    switch self {
    case .field(let field, _): [.document, .link, .textDigest, .duplicateOf].contains(field)
    case .identifier: true
    case .all(let filters): filters.contains(where: \.isNarrow)
    case .published, .isDuplicate, .isUnlinked, .isIncomplete, .any, .not: false
    }
  }
}
