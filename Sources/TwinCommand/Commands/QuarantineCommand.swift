import ArgumentParser
import Foundation
import Pipelines

struct QuarantineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Lists the items that failed; the next run tries them again.",
    discussion: """
      EXAMPLE
        twin quarantine list --config configs/sample.yaml
      """,
    subcommands: [List.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the items that failed, the latest first.",
      discussion: """
        EXAMPLE
          twin quarantine list --config configs/sample.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func run() async throws {
      let entries = try configuration.load().quarantine.list()
      if json { return try printJSON(entries) }
      if entries.isEmpty { return StandardStreams.printOutput("nothing is in quarantine") }
      for entry in entries {
        StandardStreams.printOutput(
          """
          \(entry.id.prefix(8))  \(entry.pipeline)/\(entry.step)  \(entry.item ?? "the whole step")
            \(entry.error)
            tried \(counted(entry.attempts, "time")), last \(entry.last.formatted(.iso8601))
          """)
      }
    }
  }
}
