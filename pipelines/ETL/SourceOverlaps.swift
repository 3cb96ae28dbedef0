/// Finds folders and files that are named twice because one lies in the other.
///
/// A document has one link and so one source and one author; crawled by two, it would change hands in every run.
struct SourceOverlaps {
  private let configuration: Configuration

  init(_ configuration: Configuration) {
    self.configuration = configuration
  }

  /// The authors without those notes that lie in another folder of notes of theirs, which brings them in already.
  ///
  /// - Throws: ``ConfigurationError`` when the outer folder is another author's.
  func withoutNested(_ authors: [AuthorConfiguration]) throws -> [AuthorConfiguration] {
    let folders = authors.flatMap { author in
      author.sources.filter(isNotes).map { (author: author.name, path: $0.location + "/") }
    }
    return try authors.map { author in
      let sources = try author.sources.filter { source in
        guard isNotes(source), let outer = folders.first(where: { source.location.hasPrefix($0.path) }) else {
          return true
        }
        guard outer.author == author.name else {
          throw ConfigurationError.badValue(
            key: "sources", origin: configuration.origin(of: "authors"),
            found: "\(source.location), a source of \(author.name) inside one of \(outer.author)",
            wanted: "apart from the sources of other authors")
        }
        return false
      }
      return AuthorConfiguration(name: author.name, sources: sources)
    }
  }

  private func isNotes(_ source: SourceConfiguration) -> Bool {
    guard source.location.hasPrefix("/") else { return false }
    return (try? configuration.dispatcher.kind(of: CrawlSource(source))) == .notes
  }
}
