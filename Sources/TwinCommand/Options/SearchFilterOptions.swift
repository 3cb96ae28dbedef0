public import ArgumentParser
public import Pipelines

/// The options that say where a search looks.
struct SearchFilterOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only this author; repeatable.", valueName: "name")) var author: [String] = []
  @Option(help: "Only this kind of writing; repeatable.") var category: [DataCategory] = []
  @Option(help: ArgumentHelp("Only what was published there, such as medium; repeatable.", valueName: "name"))
  var platform: [String] = []
  @Option(help: ArgumentHelp("Only the document with this link; repeatable.")) var link: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only what was published then or later: 2025, 2025-03, 2025-03-09, or RFC 3339; UTC.", valueName: "date"),
    transform: { try SearchPeriod($0) })
  var since: SearchPeriod?
  @Option(
    help: ArgumentHelp("Only what was published then or earlier, the year, month or day included.", valueName: "date"),
    transform: { try SearchPeriod($0) })
  var until: SearchPeriod?
  @Flag(help: "Also passages that say the same as others; `duplicate_of` names those.") var duplicates = false

  func validate() throws {
    if let since, let until, since.start >= until.end { throw ValidationError("\(SearchError.emptyPeriod)") }
  }

  func apply(to request: inout SearchRequest) {
    request.authorNames = author
    if !category.isEmpty { request.categories = category }
    request.platforms = platform
    request.links = link
    (request.since, request.until) = (since, until)
    request.includesDuplicates = duplicates
  }
}

extension DataCategory: ExpressibleByArgument {}
