import Domain
import Foundation

/// The files of a data export that a crawler asked for, from a zip or from a folder.
struct ExportFiles: Sendable {
  /// The names of all files, with their folders.
  var names: [String] = []
  /// The files that were asked for.
  var contents: [(name: String, bytes: [UInt8])] = []
  /// What was not read although it was asked for, or should not be in an export at all.
  var refused: [(item: String, reason: String)] = []
  /// How many entries an archive had, folders included.
  var entryCount = 0
  /// The hash of an archive's bytes, or of what was read from a folder.
  var version = ""

  /// Reads the files of a zip or a folder that `isWanted` accepts.
  ///
  /// - Parameter known: the ``version`` of an export that need not be read again.
  /// - Returns: nil for that one.
  /// - Throws: ``CrawlError``.
  static func read(
    at path: String, limits: CrawlLimits, unless known: String? = nil, where isWanted: (String) -> Bool
  ) throws(CrawlError) -> ExportFiles? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .notFound(path: path) }
    guard isFolder.boolValue else {
      return try ZipArchive(path: path, limits: limits).read(unless: known, where: isWanted)
    }
    let files = try readFolder(path, limits: limits, where: isWanted)
    return files.version == known ? nil : files
  }

  private static func readFolder(
    _ root: String, limits: CrawlLimits, where isWanted: (String) -> Bool
  ) throws(CrawlError) -> ExportFiles {
    var files = ExportFiles()
    let listing = try FolderListing(of: root, limits: limits)
    files.names = listing.files
    files.refused = listing.unreadable.map { (item: $0.path, reason: $0.reason) }
    var room = limits.archive.bytes
    var parts: [String] = []
    for name in files.names where isWanted(name) {
      do {
        let bytes = try readFile(name, below: root, limit: min(limits.archive.fileBytes, room))
        room -= bytes.count
        files.contents.append((name, bytes))
        parts += [name, ContentHash(of: bytes).hexadecimal]
      } catch {
        switch error {
        case .tooLarge: files.refused.append((name, "it is larger than \(limits.archive.fileBytes) bytes"))
        case .unreadable(let reason): files.refused.append((name, reason))
        }
      }
    }
    files.version = ContentHash(ofParts: parts).hexadecimal
    return files
  }
}
