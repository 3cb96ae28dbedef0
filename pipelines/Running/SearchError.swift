/// Why the vector store could not be searched as asked for.
public enum SearchError: Error, CustomStringConvertible {
  /// Nothing was published there.
  case unknownPlatform(name: String, known: [String])
  /// No document has that link.
  case unknownLink(link: String, nearest: String?)
  /// The store has no chunk at all.
  case emptyStore(location: String)
  /// A text that is no date.
  case badDate(String)
  /// The period begins after its end.
  case emptyPeriod
  /// The file of labelled queries cannot be read.
  case unreadableQueries(file: String, reason: String)
  /// A line of it is not a labelled query.
  case badQuery(file: String, line: Int, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownPlatform(let name, let known):
      "the vector store has nothing from the platform \(name)"
        + "\(nearestName(to: name, in: known).map { "; did you mean \($0)?" } ?? ".")"
        + (known.isEmpty ? "" : " It has \(known.joined(separator: ", ")).")
    case .unknownLink(let link, let nearest):
      "the vector store has no document with the link \(redactedURL(link))"
        + "\(nearest.map { "; did you mean \($0)?" } ?? ". `twin search --json` shows links as they are stored.")"
    case .emptyStore(let location):
      "the vector store \(location) is empty. Run `twin etl` and `twin features` first."
    case .badDate(let text):
      "`\(text)` is not a date. Write a year (2025), a month (2025-03), a day (2025-03-09), or a time by RFC 3339 "
        + "(2025-03-09T06:30:00Z)."
    case .emptyPeriod:
      "the period begins after its end, so that nothing can be in it. Exchange --since and --until."
    case .unreadableQueries(let file, let reason):
      "cannot read the labelled queries \(file): \(reason). Each line is "
        + "{\"query\": \"…\", \"relevant\": [\"a link or an identifier\"]}."
    case .badQuery(let file, let line, let reason):
      "\(file):\(line): this is not a labelled query: \(reason)."
    }
  }
}
