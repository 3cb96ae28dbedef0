import Domain
public import Foundation

extension FewShotPrompt {
  /// Writes the prompt to `<output>/<kind>/few-shot.md`, whole or not at all.
  ///
  /// - Returns: the file.
  /// - Throws: ``DatasetError/cannotWrite(path:reason:)``.
  public func write(_ kind: DatasetKind, output: String) throws -> URL {
    let folder = URL(fileURLWithPath: output).appending(path: kind.rawValue)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw DatasetError.cannotWrite(path: folder.path, reason: systemReason(of: error))
    }
    let file = folder.appending(path: "few-shot.md")
    _ = try replaceFile(at: file.path, with: Array(text.utf8))
    return file
  }
}
