/// What sort of export a zip or folder is, by the names of its files.
enum ExportKind: Sendable {
  case linkedIn, medium, substack

  /// The kind of an export with these files; nil if they tell nothing.
  ///
  /// - Parameter names: with their folders; an export may lie in a folder of its own.
  init?(_ names: some Collection<String>) {
    let names = names.filter { $0.split(separator: "/").count <= 3 }
    if names.contains(where: SubstackExportReader.isTable) {
      self = .substack
    } else if names.contains(where: { LinkedInFile($0) != nil || LinkedInFile.isTypical($0) }) {
      self = .linkedIn
    } else if names.contains(where: isExportedPost) {
      self = .medium
    } else {
      return nil
    }
  }
}

/// Whether a name is that of a page in the folder `posts`, at the top of an export or in the one folder that it lies in.
func isExportedPost(_ name: String) -> Bool {
  let parts = name.split(separator: "/")
  return (2...3).contains(parts.count) && parts[parts.count - 2].lowercased() == "posts" && fileSuffix(name) == "html"
}
