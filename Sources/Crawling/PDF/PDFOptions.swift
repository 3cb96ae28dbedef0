/// What is kept of a PDF's text.
struct PDFOptions: Sendable, Hashable {
  /// The options of a source by which it is told.
  static let options = [
    SourceOption("references", .flag, "of a PDF also the list of references; true by default"),
    SourceOption("tables", .flag, "of a PDF also what looks like the numbers of a table; true by default"),
  ]

  /// Whether the list of references is kept.
  var keepsReferences = true
  /// Whether numbers that stand as in a table are kept.
  var keepsTables = true

  /// All of it.
  init() {}

  /// Reads a source's options.
  init(_ source: CrawlSource) {
    keepsReferences = source.options["references"] != ["false"]
    keepsTables = source.options["tables"] != ["false"]
  }
}
