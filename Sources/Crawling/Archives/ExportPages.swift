import Foundation

/// The pages of an export that are still to be read, of which only some are in memory.
struct ExportPages: Sendable {
  private let path: String
  private let limits: CrawlLimits
  private var left: ArraySlice<ExportPage>
  /// The bytes that were unpacked so far.
  private var bytes: Int
  /// Which file the archive was when it was looked through; nil for a folder.
  private let identity: ArchiveFile.Identity?

  /// After so many bytes, or pages, those that were read are handed over. An archive's entries are gone through anew for
  /// those after them, so that there are not many such batches.
  private static let batchBytes = 8 << 20
  private static let batchCount = 1000

  /// - Parameter files: what was found of the export.
  init(of files: ExportFiles, at path: String, limits: CrawlLimits) {
    self.path = path
    self.limits = limits
    left = files.pages[...]
    bytes = files.bytes
    identity = files.identity
  }

  /// Whether all were read.
  var isEmpty: Bool { left.isEmpty }

  /// Reads the next ones.
  ///
  /// - Throws: ``CrawlError`` if the export is damaged, exceeds the limits, or is another one by now.
  mutating func next() throws(CrawlError) -> ExportFiles {
    guard let identity else { return nextOfFolder() }
    let file = try ArchiveFile(path)
    guard file.identity == identity else {
      throw .cannotRead(path: path, reason: "it was changed while it was read; crawl it again")
    }
    var (batch, read) = (ExportFiles(), 0)
    var entries = try ZipEntries(of: file, limits: limits.archive)
    while let page = left.first, read < Self.batchBytes, batch.contents.count < Self.batchCount {
      guard try entries.advance(to: page.place) else { throw entries.damaged() }
      let contents = try entries.contents(named: page.name, total: &bytes)
      read += contents.count
      batch.contents.append((page.name, contents))
      left.removeFirst()
    }
    return batch
  }

  private mutating func nextOfFolder() -> ExportFiles {
    var (batch, read) = (ExportFiles(), 0)
    while let page = left.popFirst() {
      batch.read(page.name, below: path, limit: limits.archive.fileBytes) { bytes in
        read += bytes.count
        return bytes
      }
      if read >= Self.batchBytes || batch.contents.count >= Self.batchCount { break }
    }
    return batch
  }
}
