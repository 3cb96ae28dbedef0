/// The digests of all that the names of a module can reach, made at build time by the `SourceFingerprints` plug-in.
///
/// A module that applies the plug-in has its table as ``moduleSources``. `docs/code-versions.md` says what "reach" means
/// and where it ends.
public struct SourceFingerprints: Sendable {
  /// The module whose names these are.
  public let module: String
  /// The digest of all code of the module and of all that it depends on.
  public let everything: String
  /// The digest of what any code of the module reaches, whatever it mentions.
  public let common: String
  private let digests: [Substring: Substring]

  /// Reads a table.
  ///
  /// - Parameter names: a line for each digest: it, and the names that have it, apart by tabs.
  public init(module: String, everything: String, common: String, names: String) {
    self.module = module
    self.everything = everything
    self.common = common
    var digests: [Substring: Substring] = [:]
    for line in names.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t")).map(Substring.init)
      for name in fields.dropFirst() { digests[name] = fields[0] }
    }
    self.digests = digests
  }

  /// The digest of all that code reaches by mentioning `name`; nil for a name that leads to no code of the packages
  /// whose sources are read: a local one, a parameter, the standard library's.
  public func digest(of name: String) -> String? { digests[name[...]].map(String.init) }
}

/// The table of the module that this stands in; nil in one that does not apply the `SourceFingerprints` plug-in.
///
/// The plug-in gives its module a declaration of this name, which hides this one there. It stands here for what macros
/// write to compile without the plug-in, too.
@_disfavoredOverload
public let moduleSources: SourceFingerprints? = nil
