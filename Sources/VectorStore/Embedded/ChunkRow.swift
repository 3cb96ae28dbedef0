import Domain
import GRDB

/// A chunk as a row of `vector_chunks`.
enum ChunkRow {
  /// The columns that ``chunk(from:category:)`` reads, of `vector_chunks AS c`, in its order.
  static let columns = """
    c.id, c.document_id, c.link, c.platform, c.author_id, c.author, c.title, c.headings, c.strategy, c.start, c."end",
    c.tokens, c.text
    """
  /// How many they are.
  static let columnCount = 13

  static func chunk(from row: Row, category: DataCategory) throws -> Chunk {
    Chunk(
      id: Identifier(existing: row[0]), documentID: Identifier(existing: row[1]), category: category, link: row[2],
      platform: row[3], authorID: Identifier(existing: row[4]), authorFullName: row[5], title: row[6], text: row[12],
      start: row[9], end: row[10], tokens: row[11], headings: try [String](jsonText: row[7]), strategy: row[8])
  }
}
