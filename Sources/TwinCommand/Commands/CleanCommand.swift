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
  @Option(
    help: "Personal data that is replaced by its kind, such as [email]: \(ScrubbedKinds.words), with commas between.")
  var scrub: ScrubbedKinds?
  @Flag(help: "Print one JSON object: text, and personal_data with the counts by kind.") var json = false

  func run() async throws {
    let text = try await InputReader(file).readText()
    let cleaner = Cleaner(CleaningConfiguration(strategy: strategy, personalData: scrub?.kinds ?? []))
    let cleaned = cleaner.cleaned(markdown: text)
    let counts = cleaned.personalData.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    if json {
      let counts = Dictionary(uniqueKeysWithValues: counts)
      return try printJSON(Result(text: cleaned.text, personalData: counts))
    }
    if !counts.isEmpty {
      let words = counts.map { "\($1) [\($0)]" }.joined(separator: ", ")
      StandardStreams.printError("replaced: \(words)")
    }
    try await writeResult(endingInLineFeed(cleaned.text))
  }

  private struct Result: Encodable {
    var text: String
    var personalData: [String: Int]

    enum CodingKeys: String, CodingKey {
      case text
      case personalData = "personal_data"
    }
  }
}

/// Kinds of personal data, as the command line names them.
struct ScrubbedKinds: ExpressibleByArgument {
  static let words = (PersonalDataKind.allCases.map(\.rawValue) + ["all"]).joined(separator: ", ")

  let kinds: Set<PersonalDataKind>

  init?(argument: String) {
    if argument == "all" {
      kinds = Set(PersonalDataKind.allCases)
      return
    }
    let names = argument.split(separator: ",").map(String.init)
    let kinds = names.compactMap(PersonalDataKind.init)
    guard !names.isEmpty, kinds.count == names.count else { return nil }
    self.kinds = Set(kinds)
  }
}

extension CleaningStrategy: ExpressibleByArgument {}
