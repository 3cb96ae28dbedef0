import ArgumentParser
import Foundation
import Pipelines

struct QuarantineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Lists and shows the items that failed, and tries them again.",
    discussion: """
      The next run tries them again, too.

      EXAMPLE
        twin quarantine list --config configs/sample.yaml
      """,
    subcommands: [List.self, Show.self, Retry.self],
    defaultSubcommand: List.self)
}

/// What there is to say of an item that failed, on a few lines.
func quarantineText(_ entry: QuarantineEntry) -> String {
  let inside = entry.parent.map { "\n  in \($0)" } ?? ""
  return """
    \(entry.id.prefix(8))  \(entry.pipeline)/\(entry.step)  \(entry.item ?? "the whole step")\(inside)
      \(entry.error)
      tried \(counted(entry.attempts, "time")), last \(entry.last.formatted(.iso8601))
    """
}
