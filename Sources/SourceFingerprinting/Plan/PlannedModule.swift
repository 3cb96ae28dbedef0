/// A module whose code may run in a step, as the build plug-in lists it.
struct PlannedModule: Equatable, Sendable {
  enum Kind: String, Sendable {
    /// A Swift module whose sources are read.
    case swift
    /// A macro, whose sources are read: what it expands to is code of the modules that use it.
    case macro
    /// A C module or anything else that is not Swift: all its files are taken as they are.
    case foreign
    /// A module of a package from elsewhere, of which only the package's revision is known.
    case package
  }

  var name: String
  var kind: Kind
  /// The folder that its files' names are relative to.
  var folder = ""
  /// The package's manifest, which has its compiler settings.
  var manifest: String?
  /// The names of the modules that it depends on directly.
  var uses: [String] = []
  /// What else makes its code: compilation conditions, a revision.
  var facts: [String] = []
  /// Paths of its files, resources included.
  var files: [String] = []

  /// What `path` is called in digests, wherever the package lies.
  func label(of path: String) -> String {
    path.hasPrefix(folder + "/") ? "\(name)/\(path.dropFirst(folder.count + 1))" : "\(name)/\(path)"
  }
}
