import Foundation

/// A row that could not be imported.
public struct ImportFailure: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// Where in it, such as `line 3` or `element 7`.
  public var row: String
  /// What is wrong with it.
  public var reason: String
  /// Where its first byte is in the file.
  public var offset: Int
  /// How many bytes it has.
  public var length: Int
  /// The row itself, as long as it is short (``maximumContentBytes``) and known: an import that was gone on with does
  /// not hold the rows that failed before. Not in the JSON.
  public var content: [UInt8]?

  /// The longest row that is kept in memory: 64 KiB.
  public static let maximumContentBytes = 64 << 10

  enum CodingKeys: String, CodingKey {
    case path, row, reason, offset, length
  }

  init(path: String, row: JSONRow, reason: String) {
    self.path = path
    self.row = "\(row.isElement ? "element" : "line") \(row.number)"
    self.reason = reason
    offset = row.offset
    switch row.content {
    case .bytes(let bytes):
      length = bytes.count
      if bytes.count <= Self.maximumContentBytes { content = bytes }
    case .tooLong(let count): length = count
    case .cutShort: length = 0
    }
  }

  /// The file and the place in it in short: `articles.jsonl:3`, `ArticleDocument.json:element 7`.
  public var place: String { "\(path):\(row.hasPrefix("line ") ? String(row.dropFirst(5)) : row)" }

  /// The row as the file has it now; nil if there is no such file any more, it cannot be read again, or ends before.
  ///
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)`` when it is there and cannot be read.
  public func contentInFile() async throws -> [UInt8]? {
    guard path != InputFile.standardInput, access(path, F_OK) == 0, length > 0 else { return nil }
    let bytes = try await fileThreads.run { [path, offset, length] in
      try InputFile(path).bytes(offset..<offset + length)
    }
    return bytes.count == length ? bytes : nil
  }

  /// All of it, on one line.
  public var description: String { "\(path), \(row): \(reason)" }
}
