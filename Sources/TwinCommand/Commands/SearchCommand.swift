import ArgumentParser
import Pipelines

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds the passages that answer a question.",
    discussion: """
      hybrid joins the ranking by meaning (dense) and by words (keyword); `search` in the configuration says how, unless \
      an option does. Scores of one search may be compared with each other, and with those of no other search: they \
      depend on the mode, the fusion and what else was found. Passages that say the same as another one are left out.

      With --json each hit is one line; with --group document each document is, with the keys of its best passage, its \
      own score, `matches` and `hits`. --evaluate asks the queries of a file instead, such as {"query": "who rows?", \
      "relevant": ["https://ada.dev/boats"]} on each line, and says how well each mode finds what is relevant.

      EXAMPLE
        twin search "why run it twice?" --config configs/sample.yaml
      """)

  enum Group: String, ExpressibleByArgument, CaseIterable { case document }

  @Argument(help: "The question.") var words: [String] = []
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @OptionGroup(title: "Ranking") var ranking: RankingOptions
  @OptionGroup(title: "Only") var filter: SearchFilterOptions
  @Option(help: "`document` ranks documents, by the sum of their passages' scores.") var group: Group?
  @Option(help: ArgumentHelp("Show up to 10 passages before and after each, itself in ⟦ ⟧.", valueName: "n"))
  var neighbours = 0
  @Option(help: ArgumentHelp("Compare the modes by labelled queries of a file, or of - (input).", valueName: "file"))
  var evaluate: String?
  @Flag(help: "Print one JSON object per hit, or the evaluation as one.") var json = false

  /// Quotes around the question may be left out.
  private var query: String { words.joined(separator: " ") }

  func validate() throws {
    guard words.isEmpty != (evaluate == nil) else {
      throw ValidationError("Give a question, or --evaluate with a file of questions.")
    }
    if evaluate == nil, query.allSatisfy(\.isWhitespace) { throw ValidationError("The question is empty.") }
    guard (0...SearchQuery.maximumNeighbours).contains(neighbours) else {
      throw ValidationError("--neighbours must be from 0 to \(SearchQuery.maximumNeighbours).")
    }
    if evaluate != nil, group != nil || neighbours != 0 || ranking.mode != nil {
      throw ValidationError("--evaluate compares passages in all modes: leave out --group, --neighbours and --mode.")
    }
  }

  func run() async throws {
    let settings = try configuration.load()
    var request = SearchRequest(query, as: settings)
    ranking.apply(to: &request, settings)
    filter.apply(to: &request)
    request.neighbours = neighbours
    let stores = Stores(settings)
    if let evaluate {
      try await show(try await stores.evaluate(try await queries(evaluate), as: request))
    } else if group == .document {
      let documents = try await stores.searchDocuments(request)
      try show(documents, as: SearchText.shown)
    } else {
      try show(try await stores.search(request), as: SearchText.shown)
    }
  }

  private func queries(_ file: String) async throws -> [LabelledQuery] {
    if file != "-" { return try SearchQueries.read(file) }
    let input = try InputReader(file)
    return try SearchQueries.queries(
      in: try await input.readAll(limit: SearchQueries.maximumBytes), file: input.name)
  }

  private func show<Hit: Encodable>(
    _ hits: [Hit], as shown: (SearchText) -> (Hit, _ rank: Int) -> String
  ) throws {
    if json {
      for hit in hits { try printJSON(hit, pretty: false) }
    } else if hits.isEmpty {
      StandardStreams.printError("twin: nothing was found. Other words, another --mode or fewer limits may help.")
    } else {
      let show = shown(SearchText(showsBold: StandardStreams.outputShowsColor))
      StandardStreams.printOutput(hits.enumerated().map { show($1, $0 + 1) }.joined(separator: "\n\n"))
    }
  }

  private func show(_ evaluation: SearchEvaluation) async throws {
    if json { try printJSON(evaluation) } else { StandardStreams.printOutput(evaluationText(evaluation)) }
    for label in evaluation.unknownLabels {
      StandardStreams.printError(
        "twin: the label \(printable(label)) names nothing in the store; it counts as not found.")
    }
  }
}
