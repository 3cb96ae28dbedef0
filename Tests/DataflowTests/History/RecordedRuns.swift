import Dataflow
import Foundation
import TestSupport

/// A store with records that no run wrote, so that a test can say just what they hold.
struct RecordedRuns {
  let folder: TemporaryFolder
  let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder.url.appending(path: "runs"))
  }

  /// The id of the run with a number; ids sort by it.
  func id(_ number: Int) -> String { String(format: "01990000-%04x-7000-8000-000000000000", number) }

  /// Writes the record of a run, with its artifacts, and reads it.
  ///
  /// - Parameter fields: what differs from an empty run that succeeded.
  @discardableResult
  func add(
    _ number: Int, pipeline: String = "features", steps: [JSONValue] = [], artifacts: [JSONValue] = [],
    _ fields: [String: JSONValue] = [:]
  ) throws -> RunRecord {
    let id = id(number)
    let artifacts = artifacts.map {
      $0.merging(["run_id": .string(id), "pipeline": .string(pipeline)])
    }
    let record: JSONValue = [
      "schema_version": 2, "run_id": .string(id), "pipeline": .string(pipeline), "status": "succeeded",
      "started": "2026-01-02T03:04:05.000Z", "ended": "2026-01-02T03:04:07.000Z", "seconds": 2,
      "requested": ["chunks"], "inputs": [:], "configuration": [:], "environment": ["os": "Linux", "swift": "6.3"],
      "steps": .array(steps), "artifacts": .array(artifacts), "failures": [], "usage": [:], "warnings": [],
    ]
    try write(record.merging(fields), to: "\(id)/run.json")
    for artifact in artifacts { try write(artifact, to: "\(id)/artifacts/\(artifact["name"]?.string ?? "").json") }
    return try store.load(id)
  }

  private func write(_ value: JSONValue, to name: String) throws {
    try folder.write(String(decoding: JSONEncoder().encode(value), as: UTF8.self), to: "runs/\(name)")
  }
}

/// A step, with what differs from one that took no items.
func step(_ name: String, _ status: String = "computed", _ fields: [String: JSONValue] = [:]) -> JSONValue {
  let base: JSONValue = [
    "name": .string(name), "status": .string(status), "seconds": 1, "items": items(), "needs": [], "warnings": [],
    "retries": 0, "usage": [:], "metadata": [:],
  ]
  return base.merging(fields)
}

func items(in taken: Int = 0, computed: Int = 0, cached: Int = 0, deleted: Int = 0) -> JSONValue {
  [
    "in": .integer(taken), "out": .integer(taken), "computed": .integer(computed), "cached": .integer(cached),
    "deleted": .integer(deleted), "failed": 0,
  ]
}

/// The components of a step's key.
func key(
  code: String = "source:a1b2c3d4e5f6", inputs: JSONValue = [:], products: JSONValue = [:], resources: JSONValue = [:]
) -> JSONValue {
  ["step": "features/chunks", "code": .string(code), "inputs": inputs, "products": products, "resources": resources]
}

/// An artifact whose id and digest are made of one letter.
func artifact(
  _ name: String, version: Int = 1, letter: String = "a", inputs: [String: String] = [:],
  _ fields: [String: JSONValue] = [:]
) -> JSONValue {
  let base: JSONValue = [
    "name": .string(name), "version": .integer(version), "id": .string(artifactID(letter)), "type": "[Chunk]",
    "sha256": .string(String(repeating: letter, count: 64)), "metadata": [:],
    "inputs": .object(inputs.mapValues { .string(artifactID($0)) }), "itemized": false,
    "flat": false, "stored": false,
  ]
  return base.merging(fields)
}

func artifactID(_ letter: String) -> String {
  "00000000-0000-4000-8000-000000000000".replacingOccurrences(of: "0", with: letter)
}

extension JSONValue {
  /// This object with other values for some keys.
  func merging(_ fields: [String: JSONValue]) -> JSONValue {
    guard case .object(let object) = self else { return self }
    return .object(object.merging(fields) { $1 })
  }
}
