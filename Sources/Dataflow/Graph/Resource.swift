/// A value that knows what it is made of, so that what was made with it is made again when that changes.
///
/// A resource of a pipeline that conforms takes part in the keys of the steps that can reach it; an item that conforms is
/// known by its fingerprint instead of by its JSON.
public protocol Fingerprinted {
  /// A text that differs whenever results made with the value may differ.
  var fingerprint: String { get }
}

/// A stored property of a pipeline, as the cache sees it.
public struct Resource: Sendable, Hashable {
  /// The property's name.
  public let name: String
  /// What it is made of; nil if nobody can say, as of a connection. Then no step that can reach it is cached, unless
  /// the step vouches for itself.
  public let fingerprint: String?

  /// A resource: its own ``Fingerprinted/fingerprint``, else the digest of its JSON, else none.
  public init(_ name: String, _ value: some Sendable) {
    self.name = name
    if let value = value as? any Fingerprinted {
      fingerprint = value.fingerprint
    } else {
      fingerprint = ArtifactDigest(of: value)?.sha256
    }
  }
}
