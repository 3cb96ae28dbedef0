import Domain
import GRDB

/// What the chunks of a document have in common: a row of `vector_sources`.
struct ChunkSource: Equatable {
  let space: Int64
  let documentID: Identifier
  let link: String
  let platform: String
  let authorID: Identifier
  let author: String
  let title: String?
  let publishedAt: Int64?
  let chunking: ChunkingMethod

  init(of chunk: Chunk, in space: EmbeddedSpace) {
    self.space = space.key
    documentID = chunk.documentID
    link = chunk.link
    platform = chunk.platform
    authorID = chunk.authorID
    author = chunk.authorFullName
    title = chunk.title
    publishedAt = chunk.publishedAt?.wholeSeconds
    chunking = chunk.chunking
  }

  /// The key of its row, which is made if it is not there.
  func key(in database: Database) throws -> Int64 {
    let values: StatementArguments = [
      space, documentID.uuidString, link, platform, authorID.uuidString, author, title, publishedAt, chunking.strategy,
      chunking.size, chunking.overlap,
    ]
    // Without statistics SQLite takes every index for an equally good one.
    let known = try database.cachedStatement(
      sql: """
        SELECT key FROM vector_sources INDEXED BY vector_sources_document
        WHERE space = ? AND document_id = ? AND link IS ? AND platform IS ? AND author_id IS ? AND author IS ?
          AND title IS ? AND published_at IS ? AND strategy IS ? AND size IS ? AND overlap IS ?
        """)
    if let key = try Int64.fetchOne(known, arguments: values) { return key }
    try database.cachedStatement(
      sql: """
        INSERT INTO vector_sources
          (space, document_id, link, platform, author_id, author, title, published_at, strategy, size, overlap)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: values)
    return database.lastInsertedRowID
  }
}
