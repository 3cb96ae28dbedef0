public import Foundation

/// What ran, on which inputs, with which configuration, for how long, and what came of it.
///
/// Its JSON is described by `docs/schemas/run.schema.json`.
public struct RunRecord: Codable, Sendable, Hashable {
  /// The version of the JSON's shape. Readers refuse newer ones.
  public static let currentSchemaVersion = 2

  /// The version of the shape that this record has.
  public var schemaVersion = Self.currentSchemaVersion
  /// A version 7 UUID in lower case: ids sort by time.
  public var runID: String
  /// The name of the pipeline.
  public var pipeline: String
  /// How it went.
  public var status: RunStatus
  /// When it began.
  public var started: Date
  /// When it ended; nil while it runs, and of one that was killed.
  public var ended: Date?
  /// How long it took.
  public var seconds = 0.0
  /// The steps asked for.
  public var requested: [String]
  /// The inputs by name; long ones as their digest.
  public var inputs: [String: JSONValue]
  /// The configuration that the caller gave, without secrets.
  public var configuration: JSONValue
  /// What it ran on: `os`, `architecture`, `host`, `process`, `cores`, `memory` in bytes, `swift`, and what the caller
  /// added.
  public var environment: [String: String]
  /// The steps, each after those that it needs.
  public var steps: [StepRecord] = []
  /// The products of the steps that ran.
  public var artifacts: [ArtifactRecord] = []
  /// The items and steps that failed.
  public var failures: [Failure] = []
  /// What the steps used together, such as tokens, calls or money, by name.
  public var usage: [String: Double] = [:]
  /// What went wrong beside the steps, such as a cache that could not be written.
  public var warnings: [String] = []

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case runID = "run_id"
    case pipeline, status, started, ended, seconds, requested, inputs, configuration, environment, steps, artifacts
    case failures, usage, warnings
  }

  /// Its JSON: one object with sorted keys.
  public func json(pretty: Bool = false) throws -> Data {
    try recordEncoder(pretty: pretty).encode(self)
  }
}

extension RunRecord {
  /// Reads a record of this version or an earlier one, which lacks fields.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schemaVersion = try container.decode(Int.self, forKey: .schemaVersion)
    runID = try container.decode(String.self, forKey: .runID)
    pipeline = try container.decode(String.self, forKey: .pipeline)
    status = try container.decode(RunStatus.self, forKey: .status)
    started = try container.decode(Date.self, forKey: .started)
    ended = try container.decodeIfPresent(Date.self, forKey: .ended)
    seconds = try container.decode(Double.self, forKey: .seconds)
    requested = try container.decode([String].self, forKey: .requested)
    inputs = try container.decode([String: JSONValue].self, forKey: .inputs)
    configuration = try container.decode(JSONValue.self, forKey: .configuration)
    environment = try container.decode([String: String].self, forKey: .environment)
    steps = try container.decode([StepRecord].self, forKey: .steps)
    artifacts = try container.decode([ArtifactRecord].self, forKey: .artifacts)
    failures = try container.decode([Failure].self, forKey: .failures)
    usage = try container.decodeIfPresent([String: Double].self, forKey: .usage) ?? [:]
    warnings = try container.decodeIfPresent([String].self, forKey: .warnings) ?? []
  }
}
