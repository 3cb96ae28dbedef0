import Domain
import Foundation
import GRDB

/// What is read from and written to the embedded driver's tables.
protocol EmbeddedRow: VectorDocument {
  /// What follows `SELECT`: the columns that ``init(row:in:location:)`` reads, and the tables, that of the kind as `t`.
  static var selection: String { get }

  init(row: Row, in space: EmbeddedSpace, location: String) throws
}

extension CollectionKind {
  /// The table of the kind.
  var table: String {
    switch self {
    case .cleaned: "vector_documents"
    case .embedded: "vector_chunks"
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
    "\(Chunk.columns), v.vector FROM vector_chunks AS t JOIN vector_values AS v ON v.key = t.key"
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
  /// The columns that ``init(row:category:)`` reads, of `vector_chunks AS t`, in its order.
  static let columns = """
    t.id, t.document_id, t.link, t.platform, t.author_id, t.author, t.title, t.headings, t.strategy, t.size, t.overlap,
    t.start, t."end", t.tokens, t.published_at, t.text
    """
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
