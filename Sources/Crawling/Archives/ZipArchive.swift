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

  /// Reads the files that `isWanted` accepts, by their names in the archive.
  ///
  /// - Parameter known: the hash of the bytes of an archive that is not to be read again.
  /// - Returns: nil for that one.
  /// - Throws: ``CrawlError`` if the archive is damaged, is none, or exceeds the limits.
  func read(unless known: String? = nil, where isWanted: (String) -> Bool) throws(CrawlError) -> ExportFiles? {
    let file = try ArchiveFile(path)
    let hash = try file.hash().hexadecimal
    guard hash != known else { return nil }
    let directory = try ZipDirectory(of: file, limits: limits.archive)
    let locale = twin_begin_utf8()
    defer { twin_end_utf8(locale) }
    guard let archive = archive_read_new() else { throw .badArchive(path: path, reason: "out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    guard archive_read_open_fd(archive, file.descriptor, 1 << 16) == ARCHIVE_OK else { throw damaged(archive) }
    var files = ExportFiles()
    files.version = hash
    var total = 0
    var entry: OpaquePointer?
    while true {
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return files }
      // A warning (such as a name that this locale cannot spell) leaves the entry readable.
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damaged(archive) }
      guard files.entryCount < limits.archive.entries else {
        throw .tooLarge(source: path, what: "its number of files", limit: "\(limits.archive.entries)")
      }
      files.entryCount += 1
      guard let name = wantedName(of: entry, in: directory, isWanted, &files) else { continue }
      let contents = try contents(of: archive, name: name, total: &total, archiveSize: file.size)
      files.contents.append((name, contents))
    }
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

  private func contents(
    of archive: OpaquePointer, name: String, total: inout Int, archiveSize: Int
  ) throws(CrawlError) -> [UInt8] {
    var contents: [UInt8] = []
    let chunk = 1 << 16
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
        count = archive_read_data(archive, buffer.baseAddress, chunk)
        initialized = max(0, count)
      }
      guard count >= 0 else { throw damaged(archive) }
      if count == 0 { return contents }
      contents += bytes
      total += count
      guard contents.count <= limits.archive.fileBytes else {
        throw .tooLarge(source: path, what: "its file \(oneLine(name))", limit: "\(limits.archive.fileBytes) bytes")
      }
      guard total <= limits.archive.bytes else {
        throw .tooLarge(source: path, what: "what it unpacks to", limit: "\(limits.archive.bytes) bytes")
      }
      guard total <= 16 << 20 || total / limits.archive.ratio <= archiveSize else {
        throw .tooLarge(
          source: path, what: "what it unpacks to", limit: "\(limits.archive.ratio) times its own size")
      }
    }
  }

  private func damaged(_ archive: OpaquePointer) -> CrawlError {
    let detail = archive_error_string(archive).map { ": " + oneLine(String(cString: $0)) } ?? ""
    return .badArchive(path: path, reason: "it is damaged or cut off\(detail); download it again")
  }
}
