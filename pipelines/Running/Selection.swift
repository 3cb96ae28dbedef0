import Foundation

/// What of a configuration a run covers.
struct Selection {
  let configuration: Configuration
  /// The sources, authors or categories to restrict the run to; empty for all.
  let only: [String]

  /// The names to restrict features and dataset to: all of the configuration's, or those whose name or source `only`
  /// has.
  func authorNames() throws -> [String] {
    try selection().map(\.name)
  }

  /// The categories that `only` names; all when it names none.
  func categories() -> [DataCategory] {
    let named = only.compactMap { DataCategory(rawValue: $0) }
    return named.isEmpty ? DataCategory.allCases : named
  }

  /// The authors and sources to crawl.
  func sourcesToCrawl() throws -> [AuthorConfiguration] {
    guard !configuration.authors.isEmpty else {
      throw ConfigurationError.missing(
        key: "author", path: configuration.file, advice: "say whose writing the sources are")
    }
    guard configuration.authors.contains(where: { !$0.sources.isEmpty }) else {
      throw ConfigurationError.missing(
        key: "sources", path: configuration.file, advice: "name URLs, exports, folders or files to crawl")
    }
    var owners: [String: String] = [:]
    for author in configuration.authors {
      for source in author.sources {
        if let owner = owners.updateValue(author.name, forKey: source.location), owner != author.name {
          throw ConfigurationError.badValue(
            key: "sources", origin: configuration.origin(of: "authors"), found: "\(redactedURL(source.location)) twice",
            wanted: "the source of one author: \(owner) or \(author.name)")
        }
      }
    }
    return try SourceOverlaps(configuration).withoutNested(try selection())
  }

  private func selection() throws -> [AuthorConfiguration] {
    let authors = configuration.authors.map { author in
      var seen: Set<String> = []
      let sources = author.sources.filter { seen.insert($0.location).inserted }
      return AuthorConfiguration(name: author.name, sources: sources)
    }
    let names = only.filter { DataCategory(rawValue: $0) == nil }
    guard !names.isEmpty else { return authors }
    // A path may be given as the configuration has it, or as seen from the working directory.
    let folder = URL(fileURLWithPath: configuration.file).deletingLastPathComponent()
    let wanted = Set(
      names.flatMap { name in
        [
          name, URL(fileURLWithPath: name).path,
          URL(fileURLWithPath: name, relativeTo: folder).standardizedFileURL.path,
        ]
      })
    let known = authors.flatMap { [$0.name] + $0.sources.map(\.location) }
    for name in names where wanted.isDisjoint(with: known) {
      throw PipelineError.nothingSelected(name: name, known: known + DataCategory.allCases.map(\.rawValue))
    }
    return authors.compactMap { author in
      if wanted.contains(author.name) { return author }
      let sources = author.sources.filter { wanted.contains($0.location) }
      return sources.isEmpty ? nil : AuthorConfiguration(name: author.name, sources: sources)
    }
  }
}
