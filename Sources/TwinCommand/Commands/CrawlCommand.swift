import ArgumentParser
import Foundation
import Pipelines

struct CrawlCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crawl",
    abstract: "Shows what the crawler would store of one source; nothing is stored.",
    discussion: """
      A source is what `sources` of a configuration takes: the URL of a page, a feed or a repository, or the path of an \
      export, a repository, a saved page or a folder of notes; arxiv:QUERY, arxiv:2101.00001 and hf://datasets/NAME. A \
      configuration is not needed; what one says of crawling counts, and of this source, if it names it. What failed is \
      listed on standard error, and the exit code is 3 then. GITHUB_TOKEN opens private repositories, HF_TOKEN private \
      datasets.

      EXAMPLE
        twin crawl data/sample/articles --author "Ada Example"
        twin crawl data/sample/notes --config configs/sample.yaml
      """)

  @Argument(help: "The URL or the path.", completion: .file()) var source: String
  @Option(help: "Who wrote it; whom the configuration names for the source, if it does.") var author: String?
  @Flag(help: "Fetch from private and local addresses too.") var allowPrivateAddresses = false
  @Flag(help: "Print one JSON document: documents, skipped, failures.") var json = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  func validate() throws {
    guard author?.contains(where: { !$0.isWhitespace }) ?? true else {
      throw ValidationError("--author must not be empty.")
    }
  }

  func run() async throws {
    let work = FileManager.default.temporaryDirectory.appending(path: "twin-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: work) }
    let configuration = try configuration.loadIfAny(
      extra: allowPrivateAddresses ? [("crawl.allow_private_addresses", "true")] : [])
    let http = HTTPClient(configuration: HTTPClientConfiguration(configuration))
    let context = CrawlContext(configuration, http: http, workFolder: work.path)
    let named = configuration.source(source, in: FileManager.default.currentDirectoryPath)
    let outcome = try await configuration.dispatcher.crawl(
      named.source, author: User(fullName: author ?? named.author ?? "Unknown Author"), context: context)
    try show(outcome)
    for warning in outcome.warnings { StandardStreams.printError("warning: \(warning)") }
    for failure in outcome.failures { StandardStreams.printError("twin: \(failure.item): \(failure.message)") }
    if !outcome.failures.isEmpty { throw ExitStatus.partial.code }
  }

  private func show(_ outcome: CrawlOutcome) throws {
    if json {
      return try printJSON(
        Found(documents: outcome.documents, skipped: outcome.skipped, failures: outcome.failures))
    }
    if !outcome.documents.isEmpty {
      let rows = outcome.documents.map { document in
        [
          document.category.rawValue, document.platform, String(document.text.utf8.count),
          document.title ?? document.path ?? "", document.link,
        ]
      }
      StandardStreams.printOutput(table(rows, header: ["CATEGORY", "PLATFORM", "BYTES", "TITLE", "LINK"]))
    }
    for skip in outcome.skipped {
      let number = skip.count > 1 ? " (\(skip.count))" : ""
      StandardStreams.printError("skipped: \(skip.item)\(number): \(skip.reason)")
    }
  }

  private struct Found: Encodable {
    var documents: [RawDocument]
    var skipped: [Skip]
    var failures: [CrawlFailure]
  }
}
