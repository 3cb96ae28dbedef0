/// The directory at the end of a zip (APPNOTE 6.3.10, section 4.3), as far as it tells which names can be trusted.
///
/// A name stands in a zip twice, in the directory and before the file's bytes. Programs differ in which of the two they
/// take, in what they make of a NUL in it, and in which of two files of one name they mean; so a zip can show one
/// program what it hides from another. Here such a name belongs to no file.
struct ZipDirectory: Sendable {
  /// The names of all entries, folders included, in the order of the directory.
  private(set) var names: [String] = []
  /// Why some of them are not read, by ``zipNameKey(_:)``.
  private(set) var refusals: [String: String] = [:]
  private var keys: Set<String> = []

  /// The most bytes of a directory: 100,000 names of 200 bytes, three times over.
  private static let longest = 64 << 20

  /// Reads the directory.
  ///
  /// - Throws: ``CrawlError`` if the file is no whole zip, or has more entries than the limits allow.
  init(of file: borrowing ArchiveFile, limits: ArchiveLimits) throws(CrawlError) {
    guard try file.bytes(0..<4).starts(with: [0x50, 0x4B]) else {
      throw .badArchive(path: file.path, reason: "it is not a zip file")
    }
    let end = try ZipEnd(of: file)
    guard end.size <= Self.longest else {
      throw .tooLarge(source: file.path, what: "the directory of the zip", limit: "\(Self.longest) bytes")
    }
    let bytes = try file.bytes(end.start..<(end.start + end.size))
    var position = 0
    while position < bytes.count {
      guard names.count < limits.entries else {
        throw .tooLarge(source: file.path, what: "its number of files", limit: "\(limits.entries)")
      }
      guard let entry = ZipEntryHeader(bytes, at: position) else { throw Self.damaged(file.path) }
      try add(entry, of: file, after: end.preface)
      position = entry.end
    }
  }

  /// Whether a file of this name is there once and under no other name.
  func refusal(of name: String) -> String? {
    let key = zipNameKey(name)
    return refusals[key] ?? (keys.contains(key) ? nil : "its name is not in the directory of the zip")
  }

  private mutating func add(
    _ entry: ZipEntryHeader, of file: borrowing ArchiveFile, after preface: Int
  ) throws(CrawlError) {
    let local = try localName(entry.localHeader + preface, of: file, expecting: entry.name.count)
    let name = zipName(entry.name.prefix { $0 != 0 })
    names.append(name)
    let isFolder = entry.name.last == UInt8(ascii: "/")
    let isNew = keys.insert(zipNameKey(name)).inserted
    if entry.name.contains(0) || local.contains(0) {
      refuse(entry.name, local, "its name holds a NUL character")
    } else if local != entry.name {
      refuse(entry.name, local, "it has one name in the directory of the zip and another one before its bytes")
    } else if !isNew, !isFolder {
      refuse(entry.name, local, "two files of the zip have this name")
    }
  }

  private mutating func refuse(_ name: [UInt8], _ local: [UInt8], _ reason: String) {
    for name in [name, local] { refusals[zipNameKey(zipName(name.prefix { $0 != 0 }))] = reason }
  }

  /// The name that stands before the file's bytes (APPNOTE 4.3.7).
  private func localName(
    _ offset: Int, of file: borrowing ArchiveFile, expecting length: Int
  ) throws(CrawlError) -> [UInt8] {
    guard offset >= 0, offset < file.size else { throw Self.damaged(file.path) }
    let header = try file.bytes(offset..<(offset + 30 + length))
    guard header.count >= 30, header.starts(with: [0x50, 0x4B, 3, 4]) else { throw Self.damaged(file.path) }
    let count = header.littleEndian(at: 26, bytes: 2)
    guard count > length else { return Array(header.dropFirst(30).prefix(count)) }
    return try file.bytes((offset + 30)..<(offset + 30 + count))
  }

  static func damaged(_ path: String) -> CrawlError {
    .badArchive(path: path, reason: "it is damaged or cut off; download it again")
  }
}

extension [UInt8] {
  /// A number of up to eight bytes, the lowest first; 0 where the array ends before it, the greatest number for what no
  /// `Int` holds.
  func littleEndian(at start: Int, bytes count: Int) -> Int {
    guard start >= 0, start + count <= self.count else { return 0 }
    let value = self[start..<(start + count)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(clamping: value)
  }
}
