import Domain
import Foundation
import GRDB

/// What is read from and written to the embedded driver's tables.
protocol EmbeddedRow: VectorDocument {
  /// What follows `SELECT`: the columns that ``init(row:in:location:)`` reads, and the tables, that of the kind
  /// as `t`, and what its rows have in common, if it is kept apart, as `s`.
  static var selection: String { get }

  init(row: Row, in space: EmbeddedSpace, location: String) throws
}

extension CollectionKind {
  /// The table of the kind as `t`; with what its rows have in common as `s`, if that is wanted.
  func tables(withSources: Bool) -> String {
    switch self {
    case .cleaned: "vector_documents AS t"
    case .embedded: withSources ? Chunk.tables : "vector_chunks AS t"
    }
  }
}

extension CleanedDocument: EmbeddedRow {
  static var selection: String {
    """
    t.id, t.link, t.platform, t.author_id, t.author, t.title, t.path, t.published_at, t.text, t.input_hash, t.fingerprint
    FROM vector_documents AS t
    """
  }

  init(row: Row, in space: EmbeddedSpace, location: String) {
    self.init(
      id: Identifier(existing: row[0]), category: space.category, link: row[1], platform: row[2],
      authorID: Identifier(existing: row[3]), authorFullName: row[4], title: row[5], path: row[6],
      publishedAt: date(row[7]), text: row[8], inputHash: ContentHash(stored: row[9]),
      fingerprint: ContentHash(stored: row[10]))
  }
}

extension EmbeddedChunk: EmbeddedRow {
  static var selection: String {
    "\(Chunk.columns), v.vector FROM \(Chunk.tables) JOIN vector_values AS v ON v.key = t.key"
  }

  init(row: Row, in space: EmbeddedSpace, location: String) throws {
    let chunk = try Chunk(row: row, category: space.category)
    guard let vector = VectorBlob.vector(from: row[Chunk.columnCount], dimension: space.model.dimension) else {
      throw VectorStoreError.unusableVector(of: "the chunk \(chunk.id) in \(location)", reason: "it is damaged")
    }
    self.init(chunk: chunk, vector: vector, model: space.model)
  }
}

extension Chunk {
  /// The columns that ``init(row:category:)`` reads, of ``tables``, in its order.
  static let columns = """
    t.id, s.document_id, s.link, s.platform, s.author_id, s.author, s.title, t.headings, s.strategy, s.size, s.overlap,
    t.start, t."end", t.tokens, s.published_at, t.text
    """
  static let tables = "vector_chunks AS t JOIN vector_sources AS s ON s.key = t.source"
  /// How many they are.
  static let columnCount = 16

  init(row: Row, category: DataCategory) throws {
    self.init(
      id: Identifier(existing: row[0]), documentID: Identifier(existing: row[1]), category: category, link: row[2],
      platform: row[3], authorID: Identifier(existing: row[4]), authorFullName: row[5], title: row[6], text: row[15],
      start: row[11], end: row[12], tokens: row[13], headings: try [String](jsonText: row[7]),
      chunking: ChunkingMethod(strategy: row[8], size: row[9], overlap: row[10]), publishedAt: date(row[14]))
  }
}

/// The date that a table keeps as seconds since 1970.
func date(_ seconds: Int64?) -> Date? {
  seconds.map { Date(timeIntervalSince1970: Double($0)) }
}
