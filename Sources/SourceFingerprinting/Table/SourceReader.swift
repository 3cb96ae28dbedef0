import Foundation

/// Reads the files of a plan; the one place that touches the disk.
struct SourceReader {
  /// The bytes of a source file.
  static func bytes(at path: String) throws(FingerprintingError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
    return Array(data)
  }

  /// The digest of a file that may be large, such as a resource, read in parts of a megabyte.
  static func digest(at path: String) throws(FingerprintingError) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      var hash = SHA256()
      while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(Array(part)) }
      return hash.finalize()
    } catch {
      throw .unreadable(path: path)
    }
  }

  /// The Swift files of all modules whose code is read.
  static func swiftFiles(of plan: FingerprintPlan) throws(FingerprintingError) -> [SourceFile] {
    var files: [SourceFile] = []
    for (index, module) in plan.modules.enumerated() where module.kind == .swift || module.kind == .macro {
      for path in module.files.sorted() where path.hasSuffix(".swift") {
        files.append(SourceFile(module: index, label: module.label(of: path), bytes: try bytes(at: path)))
      }
    }
    return files
  }
}
