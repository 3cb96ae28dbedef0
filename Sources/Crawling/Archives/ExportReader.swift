/// Makes the documents of one kind of export, file by file: first of its tables, which are read together, then of its
/// pages, one after the other.
protocol ExportReader: Sendable {
  /// Whether a file is a table.
  func isTable(_ name: String) -> Bool
  /// Whether a file is a page.
  func isPage(_ name: String) -> Bool
  /// Takes the tables, and the names of all files.
  ///
  /// - Throws: ``CrawlError`` if it is another kind of export.
  mutating func begin(_ files: ExportFiles) throws(CrawlError) -> [CrawlEvent]
  /// Takes a page; nil if nothing is to be said of it.
  mutating func read(_ name: String, _ bytes: [UInt8]) -> CrawlEvent?
  /// What is to be said when all were read.
  mutating func end() -> [CrawlEvent]
}

extension ExportReader {
  mutating func end() -> [CrawlEvent] { [] }
}
