import ArgumentParser
import Foundation
import Pipelines

struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Gives the article of an HTML page, without what surrounds it.",
    discussion: """
      With --batch every *.html of a folder becomes a file of the same name in the folder of --output, on all cores, \
      whatever kind of page it is; the exit code is 3 if some could not be read. JSON has the keys text, markdown, title, \
      author, date, description, language, site_name, canonical_url, tags and kind (article, index, paywalled or \
      script_only); what the page does not tell is null. Pages have at most 32 MiB, in any encoding. A configuration is not \
      needed; if there is one, a URL is fetched as it says of crawling.

      EXAMPLE
        twin extract data/sample/articles/medium-idempotence.html --format json
        twin extract --batch data/sample/articles --output /tmp/articles --format text
      """)

  @Argument(help: "The file or the URL; `-` is standard input.", completion: .file()) var source: String?
  @Option(help: "What is made of the page.") var format: PageFormat = .markdown
  @Option(help: "The address that a file was saved from; it completes relative links.") var url: String?
  @Option(help: "A folder of *.html files.", completion: .directory) var batch: String?
  @Option(help: "The folder that --batch writes to; made if it does not exist.", completion: .directory)
  var output: String?
  @Flag(help: "Fetch from private and local addresses too.") var allowPrivateAddresses = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions

  func validate() throws {
    guard (source == nil) != (batch == nil) else {
      throw ValidationError("Name one file or URL (`-` is standard input), or a folder with --batch.")
    }
    guard (batch == nil) == (output == nil) else { throw ValidationError("--batch DIR and --output DIR go together.") }
    guard batch == nil || url == nil else {
      throw ValidationError("--url is the address of one page, not of a folder.")
    }
  }

  func run() async throws {
    if let batch, let output {
      try await ExtractionBatch(folder: batch, output: output, format: format).run()
    } else if let source {
      try await extract(source)
    }
  }

  private func extract(_ source: String) async throws {
    let page: ExtractedPage
    if ["http://", "https://"].contains(where: source.lowercased().hasPrefix) {
      let response = try await fetch(source)
      page = try Extractor().extract(
        html: response.body, contentType: response.headers["Content-Type"], url: url ?? response.url)
    } else {
      let html = try await InputReader(source).readPage(limit: ExtractionLimits().bytes)
      page = try Extractor().extract(html: html, url: url)
    }
    if let reason = page.emptyReason { StandardStreams.printError("twin: \(reason)") }
    try await writeResult(try format.rendered(page))
  }

  private func fetch(_ address: String) async throws -> HTTPResponse {
    let configuration = try configuration.loadIfAny(
      extra: allowPrivateAddresses ? [("crawl.allow_private_addresses", "true")] : [])
    let client = HTTPClientConfiguration(configuration)
    let request = HTTPRequest(
      .get, address, headers: ["Accept": "text/html, application/xhtml+xml, */*;q=0.1"], trust: .content,
      maximumBodyBytes: ExtractionLimits().bytes)
    let response: HTTPResponse
    do {
      response = try await HTTPClient(configuration: client).send(request)
    } catch HTTPError.privateAddressRefused(let url, let address) {
      throw InputError.cannotFetch(
        url: url, reason: "\(address) is not a public address; give `--allow-private-addresses` if you trust it")
    }
    guard response.isSuccess else {
      throw InputError.cannotFetch(url: response.url, reason: "the server answered HTTP \(response.status)")
    }
    let type = (response.headers["Content-Type"] ?? "text/html").prefix { $0 != ";" }.lowercased()
      .trimmingCharacters(in: .whitespaces)
    guard ["text/html", "application/xhtml+xml"].contains(type) else {
      throw InputError.cannotFetch(
        url: response.url, reason: "it is no HTML page; `twin crawl` reads feeds, Markdown, text and PDF")
    }
    return response
  }
}

extension PageFormat: ExpressibleByArgument {}
