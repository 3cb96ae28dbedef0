import Foundation

/// The version of the code that makes a product.
public struct CodeVersion: Sendable, Hashable {
  /// The version with its kind: `source:…`, `named:…` or `executable:…`.
  public let text: String

  /// A version by which the author vouches.
  public static func named(_ text: String) -> CodeVersion { CodeVersion(text: "named:\(text)") }

  /// The version of a step that a macro wrote.
  public static func source(
    _ stepDigest: String, names: [String], reachesAll: Bool, in sources: SourceFingerprints?
  ) -> CodeVersion { executable }

  /// The running program's file.
  public static var executable: CodeVersion { CodeVersion(text: "executable:0") }
}

/// Placeholder.
public struct SourceFingerprints: Sendable {}

/// Placeholder.
public let moduleSources: SourceFingerprints? = nil
