/// Why a pipeline could not do what the configuration asks for.
public enum PipelineError: Error, CustomStringConvertible {
  /// The warehouse has no user of that name.
  case unknownAuthor(name: String, known: [String])
  /// The configuration has no author to crawl for.
  case noAuthors(file: String)
  /// The authors have no sources.
  case noSources(file: String)
  /// The vector store has no cleaned documents of the authors.
  case noFeatures
  /// A folder that cannot be written to.
  case notWritable(path: String)
  /// `--only` names nothing that the configuration has.
  case nothingSelected(name: String, known: [String])

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownAuthor(let name, let known):
      known.isEmpty
        ? "the warehouse has no documents of \(name), nor of anybody else. Run `twin etl` first."
        : "the warehouse does not know \(name)\(nearestName(to: name, in: known).map { "; did you mean \($0)?" } ?? ".")"
          + " It knows \(known.joined(separator: ", ")). Run `twin etl` first for a new author."
    case .noAuthors(let file): "\(file): etl needs `author` (or `authors`): say whose writing it is."
    case .noSources(let file):
      "\(file): etl needs `sources`: URLs, exports, folders or files to crawl. See `twin init` for examples."
    case .noFeatures: "the vector store has no cleaned documents. Run `twin etl` and `twin features` first."
    case .notWritable(let path): "the folder \(path) cannot be written to. Check its owner and permissions."
    case .nothingSelected(let name, let known):
      "`--only \(name)` names no source, author or category\(nearestName(to: name, in: known).map { "; did you mean \($0)?" } ?? ".")"
        + " Known here: \(known.joined(separator: ", "))."
    }
  }
}
