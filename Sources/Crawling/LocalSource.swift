import Foundation

/// What is at a path that the user named, as far as choosing a crawler needs to know.
struct LocalSource {
  let kind: CrawlerKind

  /// Looks at `path`, which may be a symbolic link since the user named it.
  init(path: String) throws(CrawlError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .notFound(path: path)
    }
    kind = isFolder.boolValue ? Self.kind(ofFolder: path) : try Self.kind(ofFile: path)
  }

  private static func kind(ofFolder path: String) -> CrawlerKind {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    // A bare repository is what git says it is: HEAD, objects and refs.
    if names.contains(".git") || Set(names).isSuperset(of: ["HEAD", "objects", "refs"]) { return .repository }
    return names.contains(where: SharesFile.isName) ? .linkedIn : .notes
  }

  private static func kind(ofFile path: String) throws(CrawlError) -> CrawlerKind {
    let kinds: [String: CrawlerKind] = ["bundle": .repository, "zip": .linkedIn]
    let suffix = fileSuffix(path)
    if let kind = kinds[suffix] { return kind }
    guard NoteFormat(suffix: suffix) != nil else {
      throw .unsupportedSource(
        source: path,
        reason: "only .md, .txt, .html and .pdf files, .zip exports and .bundle repositories are read")
    }
    return .notes
  }
}
