/// How far a source has been read.
public struct SourceState: Codable, Hashable, Sendable {
  /// The commit of a repository, or the hash of an archive's bytes: what tells its versions apart.
  public var version: String?
  /// What decided what became of it, beside its contents: the producer and the settings of the source.
  public var digest: String
  /// Whether all of ``version`` was read and nothing of it failed. Only then does the same version need no work.
  public var isComplete: Bool
  /// Up to where a source that only grows was read, in its own terms: an offset, or the last identifier.
  public var highWater: String?

  /// Makes a state; see the properties.
  public init(version: String? = nil, digest: String, isComplete: Bool = true, highWater: String? = nil) {
    self.version = version
    self.digest = digest
    self.isComplete = isComplete
    self.highWater = highWater
  }

  enum CodingKeys: String, CodingKey {
    case version, digest
    case isComplete = "is_complete"
    case highWater = "high_water"
  }
}
