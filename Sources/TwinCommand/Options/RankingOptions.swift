public import ArgumentParser
public import Pipelines

/// The options that say how passages are ranked; without them the configuration says it.
struct RankingOptions: ParsableArguments {
  enum Joining: String, ExpressibleByArgument, CaseIterable { case rrf, dbsf }

  // A number below 0 is a value that is refused, not an option that is not known.
  @Option(parsing: .unconditional, help: ArgumentHelp("The most hits; else search.limit.", valueName: "n"))
  var limit: Int?
  @Option(help: "How passages are ranked; else search.mode.") var mode: SearchQuery.Mode?
  @Option(help: "How hybrid joins its rankings, by ranks or by the distribution of scores; else search.fusion.")
  var fusion: Joining?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How much meaning counts against words, 0 to 1; else search.alpha.", valueName: "share"))
  var alpha: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How much hits should differ, 0 to 1; else search.diversity.", valueName: "share"))
  var diversity: Double?

  func validate() throws {
    if let limit, !(1...SearchQuery.maximumLimit).contains(limit) {
      throw ValidationError("--limit must be from 1 to \(SearchQuery.maximumLimit).")
    }
    for (name, share) in [("--alpha", alpha), ("--diversity", diversity)] {
      if let share, !(0...1).contains(share) { throw ValidationError("\(name) must be from 0 to 1.") }
    }
    let isHybrid = mode == nil || mode == .hybrid
    if !isHybrid, alpha != nil || fusion != nil {
      throw ValidationError("--alpha and --fusion are about --mode hybrid, which joins two rankings.")
    }
  }

  func apply(to request: inout SearchRequest, _ configuration: Configuration) {
    if let limit { request.limit = limit }
    if let mode { request.mode = mode }
    // What only a hybrid search heeds asks for one.
    if mode == nil, alpha != nil || fusion != nil { request.mode = .hybrid }
    if fusion == .dbsf { request.fusion.method = .distributionBased }
    if fusion == .rrf {
      request.fusion.method = .reciprocalRank(constant: configuration.search.reciprocalRankConstant)
    }
    if let alpha { request.fusion.alpha = alpha }
    if let diversity { request.diversity = diversity }
  }
}

extension SearchQuery.Mode: ExpressibleByArgument {}
