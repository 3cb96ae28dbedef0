import Domain
import Foundation

/// How far the import of a file has come, kept in a small file, so that an import that was killed goes on from there.
///
/// Everything before the position is stored or among the failures. To lose it costs time and nothing else, since to
/// import a row again changes nothing.
struct ImportCheckpoint: Codable, Hashable, Sendable {
  /// Which file it is about: another file, or one that has changed since, is imported from its beginning.
  struct Source: Codable, Hashable, Sendable {
    var path: String
    var size: Int
    /// In nanoseconds since 1970.
    var modified: Int
    /// The SHA-256 of its first 64 KiB.
    var head: ContentHash

    /// Nil for what cannot be read again, such as a pipe.
    init?(_ file: InputFile) throws {
      guard file.isSeekable, let size = file.size else { return nil }
      path = file.path
      self.size = size
      modified = file.modified
      head = ContentHash(of: try file.bytes(0..<min(size, 64 << 10)))
    }
  }

  /// Rows that the warehouse must have still: one in which they are not was emptied, or is an older state of itself, and
  /// does not have what is before the position.
  struct Witnesses: Codable, Hashable, Sendable {
    /// Where the first row that is stored has its bytes.
    private(set) var first: Range<Int>?
    /// Where the last one has.
    private(set) var last: Range<Int>?

    /// Both, as far as there are any.
    var ranges: [Range<Int>] { [first, last].compactMap(\.self) }

    mutating func add(_ outcome: RowOutcome, of row: JSONRow) {
      guard case .stored(let outcome) = outcome, outcome.isStored, case .bytes(let bytes) = row.content else { return }
      last = row.offset..<row.offset + bytes.count
      first = first ?? last
    }
  }

  private static let currentVersion = 3

  private var version = Self.currentVersion
  var source: Source
  /// The warehouse that the rows went to, without credentials.
  var warehouse: String
  var position: JSONRowScanner.Position
  var witnesses: Witnesses
  var report: ImportReport

  init(
    source: Source, warehouse: String, position: JSONRowScanner.Position, witnesses: Witnesses, report: ImportReport
  ) {
    self.source = source
    self.warehouse = warehouse
    self.position = position
    self.witnesses = witnesses
    self.report = report
  }

  /// Reads one; nil if there is none, it is torn, or of another version.
  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let read = try? JSONDecoder().decode(ImportCheckpoint.self, from: data), read.version == Self.currentVersion
    else { return nil }
    self = read
  }

  /// Replaces what is kept, durably.
  ///
  /// - Throws: ``WarehouseError/cannotWriteFile(path:reason:)``.
  func write(to path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw WarehouseError.cannotWriteFile(path: folder, reason: systemReason(of: error))
    }
    let file = try AtomicFile(path: path)
    do {
      try file.write(Array(try JSONEncoder().encode(self)))
      try file.commit()
    } catch {
      file.abandon()
      throw error
    }
  }
}
