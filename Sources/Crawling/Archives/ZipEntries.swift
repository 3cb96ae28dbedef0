import CArchive
import Foundation

/// The entries of an open zip, one after the other, as libarchive gives them.
///
/// It changes the character set of its thread for as long as it lives.
struct ZipEntries: ~Copyable {
  private let archive: OpaquePointer
  private let locale: locale_t?
  private let path: String
  private let size: Int
  private let limits: ArchiveLimits
  /// The entry that ``next()`` gave last.
  private(set) var entry: OpaquePointer?
  /// How many it gave.
  private(set) var count = 0

  /// Begins at the front.
  ///
  /// - Throws: ``CrawlError`` if the file is no archive.
  init(of file: borrowing ArchiveFile, limits: ArchiveLimits) throws(CrawlError) {
    guard let archive = archive_read_new() else { throw .badArchive(path: file.path, reason: "out of memory") }
    let locale = twin_begin_utf8()
    archive_read_support_format_zip(archive)
    // What was read of the file before does not matter to libarchive, which begins where the file's position is.
    lseek(file.descriptor, 0, SEEK_SET)
    guard archive_read_open_fd(archive, file.descriptor, 1 << 16) == ARCHIVE_OK else {
      let error = Self.damaged(archive, path: file.path)
      archive_read_free(archive)
      twin_end_utf8(locale)
      throw error
    }
    self.archive = archive
    self.locale = locale
    self.limits = limits
    path = file.path
    size = file.size
  }

  deinit {
    archive_read_free(archive)
    twin_end_utf8(locale)
  }

  /// Goes on to the next entry.
  ///
  /// - Returns: whether there is one.
  /// - Throws: ``CrawlError`` if the archive is damaged, or has more entries than the limits allow.
  mutating func next() throws(CrawlError) -> Bool {
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return false }
    // A warning (such as a name that this locale cannot spell) leaves the entry readable.
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, entry != nil else { throw damaged() }
    guard count < limits.entries else {
      throw .tooLarge(source: path, what: "its number of files", limit: "\(limits.entries)")
    }
    count += 1
    return true
  }

  /// Goes on to an entry by its place, from 1.
  ///
  /// - Returns: whether there is one.
  mutating func advance(to place: Int) throws(CrawlError) -> Bool {
    while count < place { guard try next() else { return false } }
    return count == place
  }

  /// Unpacks the entry.
  ///
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - total: the bytes that were unpacked of the archive before, to which its own are added.
  func contents(named name: String, total: inout Int) throws(CrawlError) -> [UInt8] {
    var contents: [UInt8] = []
    while true {
      guard let bytes = nextBytes(of: archive) else { throw damaged() }
      if bytes.isEmpty { return contents }
      contents += bytes
      total += bytes.count
      guard contents.count <= limits.fileBytes else {
        throw .tooLarge(source: path, what: "its file \(oneLine(name))", limit: "\(limits.fileBytes) bytes")
      }
      guard total <= limits.bytes else {
        throw .tooLarge(source: path, what: "what it unpacks to", limit: "\(limits.bytes) bytes")
      }
      guard total <= 16 << 20 || total / limits.ratio <= size else {
        throw .tooLarge(source: path, what: "what it unpacks to", limit: "\(limits.ratio) times its own size")
      }
    }
  }

  /// The error of an archive that libarchive cannot read.
  func damaged() -> CrawlError { Self.damaged(archive, path: path) }

  private static func damaged(_ archive: OpaquePointer, path: String) -> CrawlError {
    let detail = archive_error_string(archive).map { ": " + oneLine(String(cString: $0)) } ?? ""
    return .badArchive(path: path, reason: "it is damaged or cut off\(detail); download it again")
  }
}
