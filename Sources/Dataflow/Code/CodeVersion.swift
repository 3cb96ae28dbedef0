import Crypto

/// What is known of the code that makes a step's result: two equal versions are the same code.
///
/// It is a component of a cached result's key. A version may change where nothing of the code's meaning did, never the
/// other way round, as far as `docs/code-versions.md` argues.
public struct CodeVersion: Sendable, Hashable, CustomStringConvertible {
  /// `source:` and 64 hexadecimal digits, `named:` and the author's text, or `executable:` and the identity of the
  /// program's file.
  public let text: String

  /// The version as text, for records.
  public var description: String { text }

  /// The version of a step whose source was seen at build time: that of its own text and of all that it can reach.
  ///
  /// - Parameters:
  ///   - stepDigest: a digest of the step's own tokens.
  ///   - names: the identifiers and operators that the step mentions, its own parameters left out, and the name of
  ///     the type that it is a member of. Their order and repetitions do not count, nor do names that lead to no code.
  ///   - reachesAll: whether the step may run code of its module that nobody can tell by name.
  ///   - sources: the table of the step's module. Without one the version is ``executable``.
  public static func source(
    _ stepDigest: String, names: [String], reachesAll: Bool, in sources: SourceFingerprints?
  ) -> CodeVersion {
    guard let sources else { return executable }
    var hasher = SHA256()
    func feed(_ part: String) {
      withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { hasher.update(bufferPointer: $0) }
      hasher.update(data: Array(part.utf8))
    }
    for part in ["1", buildDescription, stepDigest, sources.common] { feed(part) }
    if reachesAll {
      feed(sources.everything)
    } else {
      for name in Set(names).sorted() {
        guard let digest = sources.digest(of: name) else { continue }
        feed(name)
        feed(digest)
      }
    }
    return CodeVersion(text: "source:\(hexadecimal(hasher.finalize()))")
  }

  /// A version that the step's author vouches for, in place of what the sources say.
  public static func named(_ text: String) -> CodeVersion { CodeVersion(text: "named:\(text)") }

  /// The version of the program that runs: another one for each build, whatever was changed in it, so it is sound and
  /// coarse. It is what a module without the `SourceFingerprints` plug-in has.
  public static var executable: CodeVersion { running }

  private static let running = CodeVersion(text: "executable:\(ExecutableIdentity.current)")
}
