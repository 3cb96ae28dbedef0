extension CrawlerKind {
  /// A folder of notes, or one note: Markdown, HTML, text, PDF.
  public static let notes = CrawlerKind(rawValue: "notes")
}

extension Route {
  static let notes = Route(
    kind: .notes, crawler: NotesCrawler(), takesPath: { $0.isFolder || NoteFormat(suffix: $0.suffix) != nil })
}
