public import Foundation

/// What is kept of the product of a step.
public struct ArtifactRecord: Codable, Sendable, Hashable {
  /// The step.
  public var name: String
  /// Grows by one when the digest differs from that of the newest earlier record of this pipeline and name; from 1.
  public var version: Int
  /// The same whenever the same pipeline makes the same bytes under this name.
  public var id: String
  /// The type of the value as Swift spells it.
  public var type: String
  /// How many elements, if it is a list.
  public var count: Int?
  /// The length of the canonical JSON (sorted keys) of the value; nil if it cannot be encoded.
  public var bytes: Int?
  /// The SHA-256 of that JSON, 64 hexadecimal digits; of a list that was made item by item, of the digests of the items'
  /// results, each as 64 hexadecimal digits and a line feed. Nil if it cannot be encoded.
  public var sha256: String?
  /// Whether ``sha256`` is over the digests of items.
  public var isItemized: Bool
  /// Whether the results of the items are lists, of which the value has the elements.
  public var isFlat: Bool
  /// Where the data lies if the step said so, else this record's own file.
  public var uri: String?
  /// What the step noted.
  public var metadata: [String: JSONValue]
  /// The pipeline that made it.
  public var pipeline: String
  /// The id of the run that made it.
  public var runID: String
  /// When it was made.
  public var created: Date?
  /// The artifacts that it was made from, by the name of the need, as their ids.
  public var inputs: [String: String]
  /// The version of the code that made it.
  public var code: String?
  /// What it was made from.
  public var key: CacheKey?
  /// Whether its value is in the cache, from where it can be exported.
  public var isStored: Bool

  enum CodingKeys: String, CodingKey {
    case name, version, id, type, count, bytes, sha256, uri, metadata, pipeline, created, inputs, code, key
    case isItemized = "itemized"
    case isFlat = "flat"
    case isStored = "stored"
    case runID = "run_id"
  }

  init(_ signature: StepSignature, _ outcome: StepOutcome, _ step: StepRecord, in run: RunRecord) {
    name = signature.name
    version = 1
    let product = outcome.product
    id = artifactIdentifier(pipeline: run.pipeline, name: name, content: product.sha256 ?? run.runID)
    type = signature.produces.name
    count = product.count
    bytes = product.bytes
    sha256 = product.sha256
    isItemized = product.isItemized
    isFlat = product.isFlat
    isStored = product.isStored
    uri = outcome.notes.uri
    metadata = outcome.notes.metadata
    pipeline = run.pipeline
    runID = run.runID
    created = step.ended
    inputs = [:]
    code = step.code
    key = step.key
  }
}

extension ArtifactRecord {
  /// Reads a record of this version or an earlier one, which lacks fields.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    version = try container.decode(Int.self, forKey: .version)
    id = try container.decode(String.self, forKey: .id)
    type = try container.decode(String.self, forKey: .type)
    count = try container.decodeIfPresent(Int.self, forKey: .count)
    bytes = try container.decodeIfPresent(Int.self, forKey: .bytes)
    sha256 = try container.decodeIfPresent(String.self, forKey: .sha256)
    isItemized = try container.decodeIfPresent(Bool.self, forKey: .isItemized) ?? false
    isFlat = try container.decodeIfPresent(Bool.self, forKey: .isFlat) ?? false
    uri = try container.decodeIfPresent(String.self, forKey: .uri)
    metadata = try container.decodeIfPresent([String: JSONValue].self, forKey: .metadata) ?? [:]
    pipeline = try container.decode(String.self, forKey: .pipeline)
    runID = try container.decode(String.self, forKey: .runID)
    created = try container.decodeIfPresent(Date.self, forKey: .created)
    inputs = try container.decodeIfPresent([String: String].self, forKey: .inputs) ?? [:]
    code = try container.decodeIfPresent(String.self, forKey: .code)
    key = try container.decodeIfPresent(CacheKey.self, forKey: .key)
    isStored = try container.decodeIfPresent(Bool.self, forKey: .isStored) ?? false
  }
}
