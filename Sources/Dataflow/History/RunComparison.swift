/// What differs between two runs.
public struct RunComparison: Codable, Sendable, Hashable {
  /// The id of the one run.
  public var before: String
  /// The id of the other run.
  public var after: String
  /// Of the runs as wholes: `pipeline`, `status`, `seconds`, `requested`.
  public var run: [ValueChange]
  /// The configuration, by dotted paths.
  public var configuration: [ValueChange]
  /// The inputs, by dotted paths.
  public var inputs: [ValueChange]
  /// The versions of the steps' code, by the step.
  public var code: [ValueChange]
  /// What the runs ran on, but for the process.
  public var environment: [ValueChange]
  /// How the steps went, such as `chunks.items.computed` or `chunks.seconds`.
  public var steps: [ValueChange]
  /// What the steps made, such as `chunks.sha256` or `chunks.version`.
  public var artifacts: [ValueChange]
  /// What the steps noted, such as `chunks.tokens.mean`.
  public var metadata: [ValueChange]
  /// What the steps used.
  public var usage: [ValueChange]
  /// What failed in the second run and not in the first.
  public var newFailures: [Failure]
  /// What failed in the first run and not in the second.
  public var goneFailures: [Failure]

  enum CodingKeys: String, CodingKey {
    case before, after, run, configuration, inputs, code, environment, steps, artifacts, metadata, usage
    case newFailures = "new_failures"
    case goneFailures = "gone_failures"
  }

  /// Compares two runs, of one pipeline or of two.
  public init(_ before: RunRecord, _ after: RunRecord) {
    self.before = before.runID
    self.after = after.runID
    func compare(_ part: (RunRecord) -> [String: JSONValue]) -> [ValueChange] {
      changes(from: part(before), to: part(after))
    }
    run = compare { run in
      [
        "pipeline": .string(run.pipeline), "status": .string(run.status.rawValue), "seconds": number(run.seconds),
        "requested": .array(run.requested.map(JSONValue.string)),
      ]
    }
    configuration = changes(from: before.configuration, to: after.configuration)
    inputs = compare(\.inputs)
    code = compare { $0.byStep { step in step.code.map(JSONValue.string) } }
    environment = compare { $0.environment.filter { $0.key != "process" }.mapValues(JSONValue.string) }
    steps = compare { $0.byStep(progress) }
    artifacts = compare { $0.byArtifact(content) }
    metadata = compare(\.notes)
    usage = compare { $0.usage.mapValues(number) }
    newFailures = failures(of: after, notOf: before)
    goneFailures = failures(of: before, notOf: after)
  }

  /// Whether the runs differ in nothing but how long they and their steps took.
  public var isEmpty: Bool {
    sections.allSatisfy { $0.changes.allSatisfy(\.isTime) } && newFailures.isEmpty && goneFailures.isEmpty
  }
}

extension RunComparison: CustomStringConvertible {
  /// Lines for people, by section; of the steps' times those that differ by more than a fifth and a tenth of a second.
  public var description: String {
    var lines = ["\(before) -> \(after)"]
    for (name, changes) in sections {
      let shown = changes.filter { !$0.isTime || $0.isConsiderable }.map { "  \($0)" }
      if !shown.isEmpty { lines += [name] + shown }
    }
    let failed = newFailures.map { "  new: \(line($0))" } + goneFailures.map { "  gone: \(line($0))" }
    if !failed.isEmpty { lines += ["failures"] + failed }
    if lines.count == 1 { lines.append("nothing differs") }
    return lines.joined(separator: "\n")
  }

  private var sections: [(name: String, changes: [ValueChange])] {
    [
      ("run", run), ("configuration", configuration), ("inputs", inputs), ("code", code), ("environment", environment),
      ("steps", steps), ("artifacts", artifacts), ("metadata", metadata), ("usage", usage),
    ]
  }

  private func line(_ failure: Failure) -> String {
    "\(failure.step)\(failure.item.map { " \($0)" } ?? ""): \(shortened(failure.error, to: 200))"
  }
}

extension ValueChange {
  fileprivate var isTime: Bool { path == "seconds" || path.hasSuffix(".seconds") }

  fileprivate var isConsiderable: Bool {
    guard let before = before.flatMap(double), let after = after.flatMap(double) else { return true }
    return abs(before - after) > max(0.1, 0.2 * max(before, after))
  }
}

extension RunRecord {
  fileprivate func byStep(_ value: (StepRecord) -> JSONValue?) -> [String: JSONValue] {
    Dictionary(steps.compactMap { step in value(step).map { (step.name, $0) } }, uniquingKeysWith: { $1 })
  }

  fileprivate func byArtifact(_ value: (ArtifactRecord) -> JSONValue) -> [String: JSONValue] {
    Dictionary(artifacts.map { ($0.name, value($0)) }, uniquingKeysWith: { $1 })
  }

  /// What the steps noted; records of the first version have it with their artifacts only.
  fileprivate var notes: [String: JSONValue] {
    byArtifact { .object($0.metadata) }
      .merging(byStep { $0.metadata.isEmpty ? nil : .object($0.metadata) }) { $1 }
  }
}

/// A number as it is read from JSON, where 2.0 is 2.
private func number(_ value: Double) -> JSONValue { Int(exactly: value).map(JSONValue.integer) ?? .number(value) }

private func double(_ value: JSONValue) -> Double? {
  switch value {
  case .integer(let integer): Double(integer)
  case .number(let number): number
  default: nil
  }
}

/// How a step went, as far as it can be compared.
private func progress(of step: StepRecord) -> JSONValue? {
  .object([
    "status": .string(step.status.rawValue), "seconds": number(step.seconds),
    "items": JSONValue(encoding: step.items), "retries": .integer(step.retries),
    "warnings": .array(step.warnings.map(JSONValue.string)), "usage": .object(step.usage.mapValues(number)),
  ])
}

/// What an artifact is, as far as it can be compared.
private func content(of artifact: ArtifactRecord) -> JSONValue {
  var fields: [String: JSONValue] = ["version": .integer(artifact.version), "type": .string(artifact.type)]
  fields["sha256"] = artifact.sha256.map(JSONValue.string)
  fields["count"] = artifact.count.map(JSONValue.integer)
  fields["bytes"] = artifact.bytes.map(JSONValue.integer)
  return .object(fields)
}

private func failures(of run: RunRecord, notOf other: RunRecord) -> [Failure] {
  func identity(_ failure: Failure) -> [String?] { [failure.step, failure.item, failure.parent] }
  let known = Set(other.failures.map(identity))
  return run.failures.filter { !known.contains(identity($0)) }
}
