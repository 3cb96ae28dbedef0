/// The record at the end of a zip (APPNOTE 4.3.16, and 4.3.14 for large ones), which tells where its directory is.
struct ZipEnd: Sendable {
  /// Where the directory begins.
  let start: Int
  /// The bytes of the directory.
  let size: Int
  /// How many bytes stand before what the directory counts from; 0 but for zips that were glued to something.
  let preface: Int

  /// Finds the record. A file without it was cut off: libarchive would read it from its front and take the part of a
  /// download for the whole.
  ///
  /// - Throws: ``CrawlError``.
  init(of file: borrowing ArchiveFile) throws(CrawlError) {
    // The record is 22 bytes and a comment of up to 65,535.
    let tailStart = max(0, file.size - 22 - 65_535)
    let tail = try file.bytes(tailStart..<file.size)
    guard let place = Self.place(in: tail) else {
      throw .badArchive(path: file.path, reason: "it is cut off; download it again")
    }
    var end = tailStart + place
    var size = tail.littleEndian(at: place + 12, bytes: 4)
    var offset = tail.littleEndian(at: place + 16, bytes: 4)
    if size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF || tail.littleEndian(at: place + 10, bytes: 2) == 0xFFFF {
      let locator = try file.bytes((end - 20)..<end)
      // A zip of exactly 65,535 files has none.
      if locator.starts(with: [0x50, 0x4B, 6, 7]) {
        end = locator.littleEndian(at: 8, bytes: 8)
        guard end < file.size - 56 else { throw ZipDirectory.damaged(file.path) }
        let record = try file.bytes(end..<(end + 56))
        guard record.starts(with: [0x50, 0x4B, 6, 6]) else { throw ZipDirectory.damaged(file.path) }
        size = record.littleEndian(at: 40, bytes: 8)
        offset = record.littleEndian(at: 48, bytes: 8)
      }
    }
    guard size <= end, offset <= end - size else { throw ZipDirectory.damaged(file.path) }
    start = end - size
    self.size = size
    preface = start - offset
  }

  /// Where a record stands whose comment ends with the file.
  private static func place(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    return (0...(tail.count - 22)).reversed().first { start in
      tail[start...].starts(with: [0x50, 0x4B, 5, 6])
        && start + 22 + tail.littleEndian(at: start + 20, bytes: 2) == tail.count
    }
  }
}
