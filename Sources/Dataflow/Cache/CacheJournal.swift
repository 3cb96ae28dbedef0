import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The file that says which key has which value, and where: a header and records of one size, of which only ever more
/// are appended until the whole is written anew.
struct CacheJournal: Sendable {
  /// What was found in the file since it was last looked at.
  struct News: Sendable {
    let entries: [CacheEntry]
    /// Whether the file is another one, and these are all of its entries.
    let isWhole: Bool
  }

  private let folder: CacheFolder
  private var file: OpenFile?
  /// Where the records end that are known here.
  private var end = 0
  private var hasHeader = false

  /// The first bytes, as long as a record. They are for people: each record says itself that it is one.
  private static let header: [UInt8] = {
    let text = Array("dataflow result cache: journal, format 1\n".utf8)
    return text + [UInt8](repeating: 0, count: CacheEntry.byteCount - text.count)
  }()
  /// A journal may not be longer than this, 512 MiB for 5.6 million entries. Of a longer one the older half is ignored.
  private static let maximumSize = 512 << 20

  init(_ folder: CacheFolder) {
    self.folder = folder
  }

  /// How many records there are, whole and broken, live and dead.
  var recordCount: Int { max(0, end - Self.header.count) / CacheEntry.byteCount }

  /// Whether records can be added to the file as it is.
  var isAppendable: Bool { file != nil && hasHeader && end <= Self.maximumSize }

  /// Reads what others appended, or all if the file is not the one that was open. Whatever is not a whole record is
  /// passed over, and read again next time if it is the last: it may have been about to be written.
  mutating func refresh() -> News {
    guard let found = try? OpenFile(folder.journal, O_RDWR | O_APPEND), let status = found.status else {
      (file, end, hasHeader) = (nil, 0, false)
      return News(entries: [], isWhole: true)
    }
    let isWhole = file?.status?.identity != status.identity || status.size < end
    if isWhole {
      file = found
      end = Self.header.count
      hasHeader = Self.readHeader(of: found)
    }
    if status.size > Self.maximumSize, end == Self.header.count {
      end += Self.aligned(status.size - Self.header.count - Self.maximumSize / 2)
    }
    return News(entries: readRecords(of: found, to: status.size), isWhole: isWhole)
  }

  private mutating func readRecords(of file: OpenFile, to size: Int) -> [CacheEntry] {
    var entries: [CacheEntry] = []
    entries.reserveCapacity(max(0, size - end) / CacheEntry.byteCount)
    var offset = end
    while offset + CacheEntry.byteCount <= size {
      let words = Self.readWords(of: file, at: offset, count: min(1 << 20, Self.aligned(size - offset)) / 8)
      let count = words.count / CacheEntry.wordCount
      guard count > 0 else { break }
      let span = words.span
      for number in 0..<count {
        guard let entry = CacheEntry(record: span, at: number * CacheEntry.wordCount) else { continue }
        entries.append(entry)
        end = offset + (number + 1) * CacheEntry.byteCount
      }
      offset += count * CacheEntry.byteCount
    }
    return entries
  }

  private static func readWords(of file: OpenFile, at offset: Int, count: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset) / 8
    }
  }

  private static func readHeader(of file: OpenFile) -> Bool {
    var bytes = [UInt8](repeating: 0, count: header.count)
    return bytes.withUnsafeMutableBytes { file.read(into: $0, at: 0) } == header.count && bytes == header
  }

  private static func aligned(_ size: Int) -> Int { size / CacheEntry.byteCount * CacheEntry.byteCount }

  /// Adds records, durably. Only after ``refresh()``, while holding the lock, if ``isAppendable``.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  mutating func append(_ entries: [CacheEntry]) throws {
    guard let file, let status = file.status else {
      throw DataflowError.recordFailed(path: folder.journal, reason: systemError())
    }
    // Nobody else appends now, so what is no whole record was left by a process that was killed.
    let start = Self.aligned(status.size)
    if start < status.size { try file.truncate(to: start) }
    do {
      folder.faultPoint(CachePhase(.append, .opened))
      var writer = FileWriter(file) { [folder] in folder.faultPoint(CachePhase(.append, .partlyWritten)) }
      try Self.write(entries, &writer)
      try writer.flush()
      folder.faultPoint(CachePhase(.append, .written))
      try file.synchronize()
      folder.faultPoint(CachePhase(.append, .synchronized))
      end = start + writer.count
    } catch {
      // If this fails as well, the next to append does it.
      try? file.truncate(to: start)
      throw error
    }
  }

  /// Puts a new file with these records in the place of the old one. Only while holding the lock.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  mutating func replace(with entries: [CacheEntry]) throws {
    try folder.write(.journal, to: folder.journal) { writer in
      try Self.header.withUnsafeBytes { try writer.append($0) }
      try Self.write(entries, &writer)
    }
    file = try OpenFile(folder.journal, O_RDWR | O_APPEND)
    hasHeader = true
    end = Self.header.count + entries.count * CacheEntry.byteCount
  }

  private static func write(_ entries: [CacheEntry], _ writer: inout FileWriter) throws {
    var words: [UInt64] = []
    for entry in entries {
      words.removeAll(keepingCapacity: true)
      entry.appendRecord(to: &words)
      try writer.append(words)
    }
  }
}
