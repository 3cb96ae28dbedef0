public import ArgumentParser
public import Pipelines

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds the passages that answer a question.",
    discussion: """
      hybrid joins the ranking by meaning (dense) and by words (keyword). With --json each hit is one line.

      EXAMPLE
        twin search "why run it twice?" --config configs/sample.yaml
      """)

  enum Group: String, ExpressibleByArgument { case document }

  @Argument(help: "The question.") var query: String
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @Option(help: "The most hits.") var limit = 5
  @Option(help: "How passages are ranked.") var mode: SearchQuery.Mode = .hybrid
  @Option(help: "Only this author; repeatable.") var author: [String] = []
  @Option(help: "Only this kind of writing; repeatable.") var category: [DataCategory] = []
  @Option(help: "`document` gives the best passage of each document only.") var group: Group?
  @Flag(help: "Print one JSON object per hit.") var json = false

  func validate() throws {
    guard (1...SearchQuery.maximumLimit).contains(limit) else {
      throw ValidationError("--limit must be from 1 to \(SearchQuery.maximumLimit).")
    }
  }

  func run() async throws {
    let stores = Stores(try configuration.load())
    let hits = try await stores.search(
      query, mode: mode, limit: limit, authorNames: author,
      categories: category.isEmpty ? DataCategory.allCases : category, groupsByDocument: group == .document)
    if json {
      for hit in hits { try printJSON(hit, pretty: false) }
    } else if hits.isEmpty {
      StandardStreams.printError("twin: nothing was found. Is there anything in the store? `twin features` fills it.")
    } else {
      StandardStreams.printOutput(hits.enumerated().map { shown($1, rank: $0 + 1) }.joined(separator: "\n\n"))
    }
  }

  private func shown(_ hit: SearchHit, rank: Int) -> String {
    let score = (hit.score * 1000).rounded() / 1000
    return """
      \(rank). \(hit.author) · \(hit.category.rawValue) · \(score)
         \(hit.link)
      \(excerpt(hit.text, width: 100, lines: 4))
      """
  }
}

extension SearchQuery.Mode: ExpressibleByArgument {}
extension DataCategory: ExpressibleByArgument {}

/// The first lines of a text, wrapped and indented by three spaces.
func excerpt(_ text: String, width: Int, lines: Int) -> String {
  var result: [String] = []
  var line = ""
  for word in text.split(whereSeparator: \.isWhitespace) {
    if !line.isEmpty, line.count + word.count + 1 > width {
      result.append(line)
      line = ""
      if result.count == lines { break }
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  if result.count < lines, !line.isEmpty {
    result.append(line)
  } else if !line.isEmpty || result.count == lines {
    result[result.count - 1] += " …"
  }
  return result.map { "   " + $0 }.joined(separator: "\n")
}
