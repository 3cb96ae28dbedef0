import Foundation

/// Reads a model's tokenizer.
///
/// - Parameter path: a `tokenizer.json` of a WordPiece model without case or of a byte-level model, a `vocab.txt` of a
///   WordPiece model without case, or a folder that has one of them (the first rather than the second).
/// - Throws: ``TokenizerError``.
public func loadTokenizer(at path: String) throws -> any Tokenizer {
  var path = path
  var isFolder: ObjCBool = false
  if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
    let names = ["tokenizer.json", "vocab.txt"].map { URL(fileURLWithPath: path).appending(path: $0).path }
    guard let found = names.first(where: FileManager.default.fileExists) else {
      throw TokenizerError.cannotRead(path: path, reason: "it has neither a tokenizer.json nor a vocab.txt")
    }
    path = found
  }
  guard path.lowercased().hasSuffix(".json") else { return try WordPieceTokenizer(vocabularyAt: path) }
  let file = try TokenizerFile(path: path)
  // Older files do not name the type; only byte pairs have merges.
  switch file.model.type ?? (file.merges.isEmpty ? "WordPiece" : "BPE") {
  case "WordPiece": return try WordPieceTokenizer(file)
  case "BPE": return try BytePairTokenizer(file)
  case let type: throw TokenizerError.unsupported(path: path, what: "a model of the type \(type)")
  }
}
