import Domain
import CArchive
import Foundation

/// A zip file, read through libarchive without unpacking anything to disk.
///
/// The directory of a zip is the word of whoever wrote it: bytes are counted as they are unpacked, and every bound of
/// ``CrawlLimits`` is on counted bytes.
struct ZipArchive: Sendable {
  let path: String
  let limits: CrawlLimits

  /// The names of all entries; nothing is unpacked.
  ///
  /// - Throws: ``CrawlError`` if the archive is damaged, is none, or exceeds the limits.
  func names() throws(CrawlError) -> [String] {
    try ZipDirectory(of: ArchiveFile(path), limits: limits.archive).names
  }

  /// Reads the files that `isKept` accepts, by their names in the archive, and finds those that `isPage` does.
  ///
  /// - Parameter known: the hash of the bytes of an archive that is not to be read again.
  /// - Returns: nil for that one.
  /// - Throws: ``CrawlError`` if the archive is damaged, is none, or exceeds the limits.
  func read(
    unless known: String? = nil, keeping isKept: (String) -> Bool, pages isPage: (String) -> Bool
  ) throws(CrawlError) -> ExportFiles? {
    let file = try ArchiveFile(path)
    let hash = try file.hash().hexadecimal
    guard hash != known else { return nil }
    let directory = try ZipDirectory(of: file, limits: limits.archive)
    var files = ExportFiles()
    (files.version, files.identity) = (hash, file.identity)
    var entries = try ZipEntries(of: file, limits: limits.archive)
    while try entries.next() {
      files.entryCount = entries.count
      guard let entry = entries.entry,
        let name = wantedName(of: entry, in: directory, { isKept($0) || isPage($0) }, &files)
      else { continue }
      if isKept(name) {
        files.contents.append((name, try entries.contents(named: name, total: &files.bytes)))
      } else {
        files.pages.append(ExportPage(name: name, place: entries.count))
      }
    }
    return files
  }

  /// The entry's name if it is a wanted file; what is refused or left out is noted.
  private func wantedName(
    of entry: OpaquePointer, in directory: ZipDirectory, _ isWanted: (String) -> Bool, _ files: inout ExportFiles
  ) -> String? {
    let raw = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    guard let raw else {
      files.refused.append((item: "entry \(files.entryCount)", reason: "its name cannot be read"))
      return nil
    }
    let name = zipName(Array(UnsafeRawBufferPointer(start: raw, count: strlen(raw))))
    let components = name.split(whereSeparator: { "/\\".contains($0) })
    if name.hasPrefix("/") || name.hasPrefix("\\") || components.contains("..") {
      files.refused.append((item: name, reason: "its name leads out of the archive"))
      return nil
    }
    if twin_archive_entry_is_folder(entry) != 0 { return nil }
    guard twin_archive_entry_is_file(entry) != 0 else {
      files.refused.append((item: name, reason: "it is a link or a device, not a file"))
      return nil
    }
    files.names.append(name)
    guard isWanted(name) else { return nil }
    if let reason = directory.refusal(of: name) {
      files.refused.append((item: name, reason: reason))
      return nil
    }
    guard archive_entry_is_encrypted(entry) == 0 else {
      files.refused.append((item: name, reason: "it is encrypted"))
      return nil
    }
    return name
  }
}
