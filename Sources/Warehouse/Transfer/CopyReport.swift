import Domain

/// What a copy of a warehouse to another did, and whether the other has what it should.
public struct CopyReport: Codable, Hashable, Sendable {
  /// Where the documents come from, without credentials.
  public var source: String
  /// Where they went, without credentials.
  public var target: String
  /// The collections that were copied.
  public var collections: [CopiedCollection] = []
  /// Those that were not, or not to their end.
  public var failures: [FailedCollection] = []

  enum CodingKeys: String, CodingKey {
    case source = "from"
    case target = "to"
    case collections, failures
  }

  /// How many documents could not be read or stored.
  public var failed: Int { collections.reduce(0) { $0 + $1.failed } }

  /// Whether every document of the copied collections that could be stored is the same, byte for byte, on both sides.
  public var isVerified: Bool { collections.allSatisfy(\.verification.isSound) }
}
