import Foundation
import Pipelines

/// All that `twin runs show` tells a person of a run.
func report(on record: RunRecord) -> String {
  var parts = ["\(record.pipeline): \(headline(record)) (\(readableDuration(record.seconds)))"]
  parts += results(of: record).map { "  " + $0 }
  parts.append("  run \(record.runID), started \(record.started.formatted(.iso8601))")
  if !record.steps.isEmpty { parts.append("\n" + stepTable(of: record)) }
  parts += record.steps.compactMap { step in step.uncached.map { "  \(step.name) is never cached: \($0)" } }
  parts += section("usage", usageLines(record))
  parts += section("warnings", warningLines(record))
  parts += section("failures", failureLines(of: record))
  let artifacts = record.artifacts.map { artifact in
    [
      "  \(artifact.name)@\(artifact.version)", artifact.type, artifact.count.map(String.init) ?? "",
      artifact.bytes.map(readableSize) ?? "", artifact.isStored ? "stored" : "",
    ]
  }
  if !artifacts.isEmpty {
    parts.append("\n" + table(artifacts, header: ["  artifact", "type", "count", "size", "value"]))
  }
  return parts.joined(separator: "\n")
}

private func section(_ title: String, _ lines: [String]) -> [String] {
  lines.isEmpty ? [] : ["\n" + title] + lines
}

private func usageLines(_ record: RunRecord) -> [String] {
  record.usage.isEmpty
    ? []
    : [
      table(
        record.usage.sorted { $0.key < $1.key }.map { ["  " + $0.key, $0.value.formatted(.number.grouping(.never))] })
    ]
}

private func warningLines(_ record: RunRecord) -> [String] {
  record.warnings.map { "  \($0)" } + record.steps.flatMap { step in step.warnings.map { "  \(step.name): \($0)" } }
}
