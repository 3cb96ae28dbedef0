import ArgumentParser
import Foundation
import Pipelines

struct DeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Removes a person's data, or one document, everywhere.",
    discussion: """
      Points, rows of datasets, items in quarantine, kept results, and the documents in the warehouse, with the user; \
      records of runs lose the names and links. What went is printed. An interrupted deletion is completed by the same \
      command.

      EXAMPLE
        twin delete --author "Ada Example" --dry-run --config configs/sample.yaml
      """)

  @Option(help: "The full name of the person.") var author: String?
  @Option(help: "The canonical link of the document.") var link: String?
  @Flag(help: "Say what would go; nothing is changed.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @Flag(help: "Print one JSON document.") var json = false

  func validate() throws {
    guard (author == nil) != (link == nil) else {
      throw ValidationError("name what is to be deleted: either --author or --link.")
    }
    if subject.name.allSatisfy(\.isWhitespace) { throw ValidationError("the name of what is to be deleted is empty.") }
  }

  func run() async throws {
    let deletion = Deletion(Stores(try configuration.load()))
    if dryRun { return try tell(await deletion.preview(subject)) }
    if !yes {
      try await Confirmation.ask(
        "Delete all of this? It cannot be undone.", advice: "give --yes to delete, or --dry-run to see what would go"
      ) { text(try await deletion.preview(subject)) }
    }
    try tell(await deletion.perform(subject))
  }

  private var subject: DeletionSubject { author.map { .author($0) } ?? .link(link ?? "") }

  private func tell(_ report: DeletionReport) throws {
    if json { return try printJSON(report) }
    StandardStreams.printOutput(text(report))
  }

  private func text(_ report: DeletionReport) -> String {
    let rows = report.places.map { ["  " + $0.place, counted($0.count, $0.what), $0.location] }
    let lines = ["\(report.isDryRun ? "would be deleted of" : "deleted of") \(report.subject):"]
    return (lines + (rows.isEmpty ? ["  nothing"] : [table(rows)]) + report.notices.map { "note: \($0)." })
      .joined(separator: "\n")
  }
}
