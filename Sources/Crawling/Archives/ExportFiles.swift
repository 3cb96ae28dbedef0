import Domain
import Foundation

/// What was found of a data export, a zip or a folder: the files that a crawler wants to keep, and which others it wants.
struct ExportFiles: Sendable {
  /// The names of all files, with their folders.
  var names: [String] = []
  /// The files that are kept.
  var contents: [(name: String, bytes: [UInt8])] = []
  /// The files that are read afterwards (``ExportPages``), in the order of the export.
  var pages: [ExportPage] = []
  /// What was not read although it was asked for, or should not be in an export at all.
  var refused: [(item: String, reason: String)] = []
  /// How many entries an archive had, folders included.
  var entryCount = 0
  /// The hash of an archive's bytes, or of what was read from a folder.
  var version = ""
  /// The bytes that were unpacked of an archive.
  var bytes = 0
  /// Which file an archive is; nil for a folder.
  var identity: ArchiveFile.Identity?

  /// Reads the files of a zip or a folder that `isKept` accepts, and finds those that `isPage` does.
  ///
  /// - Parameter known: the ``version`` of an export that need not be read again.
  /// - Returns: nil for that one.
  /// - Throws: ``CrawlError``.
  static func read(
    at path: String, limits: CrawlLimits, unless known: String? = nil, keeping isKept: (String) -> Bool,
    pages isPage: (String) -> Bool
  ) throws(CrawlError) -> ExportFiles? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .notFound(path: path) }
    guard isFolder.boolValue else {
      return try ZipArchive(path: path, limits: limits).read(unless: known, keeping: isKept, pages: isPage)
    }
    let files = try readFolder(path, limits: limits, keeping: isKept, pages: isPage)
    return files.version == known ? nil : files
  }

  private static func readFolder(
    _ root: String, limits: CrawlLimits, keeping isKept: (String) -> Bool, pages isPage: (String) -> Bool
  ) throws(CrawlError) -> ExportFiles {
    var files = ExportFiles()
    let listing = try FolderListing(of: root, limits: limits)
    files.names = listing.files
    files.refused = listing.unreadable.map { (item: $0.path, reason: $0.reason) }
    var room = limits.archive.bytes
    var parts: [String] = []
    for name in files.names {
      let isKept = isKept(name)
      guard isKept || isPage(name) else { continue }
      // A page is read for its hash, and once more when its turn comes.
      let isRead = files.read(name, below: root, limit: min(limits.archive.fileBytes, room)) { bytes in
        room -= bytes.count
        parts += [name, ContentHash(of: bytes).hexadecimal]
        return isKept ? bytes : nil
      }
      if isRead, !isKept { files.pages.append(ExportPage(name: name)) }
    }
    files.version = ContentHash(ofParts: parts).hexadecimal
    return files
  }

  /// Reads a file below a folder, or notes why not.
  ///
  /// - Parameter take: what is kept of its bytes.
  /// - Returns: whether it was read.
  @discardableResult
  mutating func read(_ name: String, below root: String, limit: Int, _ take: ([UInt8]) -> [UInt8]?) -> Bool {
    do {
      if let kept = take(try readFile(name, below: root, limit: limit)) { contents.append((name, kept)) }
      return true
    } catch {
      switch error {
      case .tooLarge: refused.append((name, "it is larger than \(limit) bytes"))
      case .unreadable(let reason): refused.append((name, reason))
      }
      return false
    }
  }
}
