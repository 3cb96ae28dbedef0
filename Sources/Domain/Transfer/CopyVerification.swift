/// What a source and a target have of a collection, read back from both after a copy.
///
/// It is about the documents (or chunks) of the source that could be read and stored; what else both have is only counted.
public struct CopyVerification: Codable, Hashable, Sendable {
  /// How many identifiers of documents that differ are kept; ``differences`` counts them all.
  public static let maximumIdentifiers = 10

  /// How many documents of the source are compared.
  public var sourceCount = 0
  /// How many of them the target has.
  public var targetCount = 0
  /// How many other documents the target has; they were left as they are.
  public var others = 0
  /// How many documents of the source are left out, because they could not be copied: both sides do not have the same.
  public var leftOut = 0
  /// The SHA-256 of the source's documents in the order of their identifiers, one behind the other: of a warehouse as
  /// BSON, of a vector store as JSON with sorted keys, without vectors.
  public var sourceHash = ""
  /// The same of the target's documents of these identifiers.
  public var targetHash = ""
  /// How many documents are missing in the target, or different there.
  public var differences = 0
  /// The first identifiers of those.
  public var differing: [String] = []

  /// Nothing was compared yet.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case sourceCount = "source_count"
    case targetCount = "target_count"
    case others
    case leftOut = "left_out"
    case sourceHash = "source_sha256"
    case targetHash = "target_sha256"
    case differences, differing
  }

  /// Whether both have the same of what is compared.
  public var isSound: Bool { sourceCount == targetCount && sourceHash == targetHash && differences == 0 }

  /// Notes that a document is missing in the target, or different there.
  public mutating func noteDifference(_ id: String) {
    differences += 1
    if differing.count < Self.maximumIdentifiers { differing.append(id) }
  }
}
