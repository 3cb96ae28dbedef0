import ArgumentParser
import Foundation
import Pipelines

extension QuarantineCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one item that failed.",
      discussion: """
        The identifier, which `twin quarantine list` shows, may be cut short as long as it names one item.

        EXAMPLE
          twin quarantine show 0a1b2c3d --config configs/sample.yaml
        """)

    @Argument(help: "The identifier, or the beginning of it.") var id: String
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let configuration = try configuration.load()
      let entry = try configuration.quarantine.find(id)
      if json { return try printJSON(entry) }
      var rows = [
        ["id", entry.id], ["pipeline", entry.pipeline], ["step", entry.step],
        ["item", entry.item ?? "the whole step"],
      ]
      if let parent = entry.parent { rows.append(["in", parent]) }
      rows += [
        ["error", entry.error], ["tried", counted(entry.attempts, "time")],
        ["first", entry.first.formatted(.iso8601)], ["last", entry.last.formatted(.iso8601)],
      ]
      if let next = entry.next { rows.append(["not before", next.formatted(.iso8601)]) }
      if let content = configuration.importShelf.row(of: entry)?.content {
        rows.append(["row", excerpt(of: content)])
      }
      StandardStreams.printOutput(table(rows))
    }

    /// The beginning of a row that could not be imported, on one line.
    private func excerpt(of content: Data) -> String {
      let text = String(decoding: content.prefix(Self.longestExcerpt), as: UTF8.self)
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      return content.count > Self.longestExcerpt ? line + "… (\(readableSize(content.count)))" : line
    }

    private static let longestExcerpt = 500
  }
}
