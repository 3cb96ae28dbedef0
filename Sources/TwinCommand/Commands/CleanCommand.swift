public import ArgumentParser
import Foundation
public import Pipelines

struct CleanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Cleans one text as the features pipeline does.",
    discussion: """
      markdown keeps the structure and the code and removes what hurts retrieval and training; handbook keeps words and \
      `.,!?` only. The text must be UTF-8, at most 64 MiB.

      EXAMPLE
        twin extract data/sample/articles/medium-idempotence.html | twin clean -
      """)

  @Argument(help: "The file; `-` is standard input.", completion: .file()) var file: String
  @Option(help: "The rules to clean by.") var strategy: CleaningStrategy = .markdown

  func run() async throws {
    let text = try await InputReader(file).readText()
    let cleaner = Cleaner(CleaningConfiguration(strategy: strategy))
    try await writeResult(endingInLineFeed(cleaner.clean(markdown: text)))
  }
}

extension CleaningStrategy: ExpressibleByArgument {}
