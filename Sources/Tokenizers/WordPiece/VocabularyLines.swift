import Foundation

/// The lines of a `vocab.txt`, one token each.
///
/// - Throws: ``TokenizerError``.
func vocabularyLines(path: String) throws -> [[UInt8]] {
  // It keeps the nodes of the trees within 24 bits, too.
  let maximumSize = 8 << 20
  let data: Data
  do {
    data = try Data(contentsOf: URL(fileURLWithPath: path))
  } catch {
    throw TokenizerError.cannotRead(path: path, reason: systemReason(of: error))
  }
  guard data.count <= maximumSize else {
    throw TokenizerError.invalidVocabulary(path: path, reason: "it is larger than \(maximumSize) bytes")
  }
  var lines = [UInt8](data).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines.map { Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
}
