import Foundation

/// What is at a path that the user named, as far as choosing a crawler needs to know.
struct LocalPath: Sendable {
  /// The path, absolute.
  let path: String
  /// Whether it is a folder.
  let isFolder: Bool
  /// The part of a file's name after its last dot, lower case; empty for a folder.
  let suffix: String
  /// The names in a folder, or of the files in a zip with their folders; none for any other file, or one that is damaged.
  let names: Set<String>

  /// Looks at `path`, which may be a symbolic link since the user named it.
  init(_ path: String) throws(CrawlError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .notFound(path: path)
    }
    self.path = path
    self.isFolder = isFolder.boolValue
    suffix = isFolder.boolValue ? "" : fileSuffix(path)
    if isFolder.boolValue {
      names = Set((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
    } else if suffix == "zip" {
      names = Set((try? ZipArchive(path: path, limits: CrawlLimits()).names()) ?? [])
    } else {
      names = []
    }
  }
}
