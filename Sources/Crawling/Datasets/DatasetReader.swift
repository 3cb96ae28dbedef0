import Domain
import Foundation

/// Makes the documents of one dataset, from one file or several.
struct DatasetReader {
  let columns: DatasetColumns
  let source: CrawlSource
  let author: User
  let sink: any CrawlSink
  let limits: DatasetLimits
  /// What is the same in all documents.
  let platform: String
  let record: CrawlRecord
  /// Whether a row failed.
  private(set) var hasFailed = false
  /// Whether there was more than the limits allow.
  private(set) var isTruncated = false

  private var rows = 0
  private var documents = 0
  private var failures = 0
  private var skipped: [String: Int] = [:]
  /// The column of the text, once a row has told.
  private var textColumn: String?
  private var namesOfFirstRow: [String] = []
  private var passages: Set<String> = []

  init(
    columns: DatasetColumns, source: CrawlSource, author: User, sink: any CrawlSink, limits: DatasetLimits,
    platform: String, record: CrawlRecord
  ) {
    self.columns = columns
    self.source = source
    self.author = author
    self.sink = sink
    self.limits = limits
    self.platform = platform
    self.record = record
  }

  /// Reads a file's bytes.
  ///
  /// - Parameter link: what the links of its documents begin with.
  /// - Throws: ``CrawlError`` if it is no dataset, what the sink throws, or `CancellationError`.
  mutating func read(_ bytes: [UInt8], format: TableFormat, link: String) async throws {
    do {
      for item in try DatasetItems(bytes, format: format, rowBytes: limits.rowBytes) {
        try Task.checkCancellation()
        guard try await take(item, link: link) else { return }
      }
    } catch let problem as DatasetProblem {
      throw CrawlError.unsupportedSource(source: source.redactedLocation, reason: problem.reason)
    }
  }

  /// Takes one item.
  ///
  /// - Returns: whether there is room for more.
  mutating func take(_ item: DatasetItem, link: String) async throws -> Bool {
    guard rows < limits.rows else {
      truncate(at: limits.rows)
      return false
    }
    rows += 1
    switch item {
    case .malformed(let place, let reason):
      try await fail("\(link)#\(percentEncodedPath(place))", "\(place): \(reason)")
    case .passage(let passage, _): try await add(passage, link: link)
    case .row(let row, _): try await add(row, link: link)
    }
    return true
  }

  /// Keeps that the dataset has more than was asked for.
  mutating func truncate(at count: Int) {
    isTruncated = true
    skip("the dataset has more than \(count) rows")
  }

  /// Keeps that a part of the dataset could not be read.
  mutating func fail(_ failure: CrawlFailure) async throws {
    hasFailed = true
    try await sink.take(.failed(failure))
  }

  /// How much of the dataset was seen.
  var coverage: Coverage { hasFailed || isTruncated ? .partial : .complete }

  /// Says what was left out.
  ///
  /// - Throws: ``CrawlError`` if no row had a text.
  mutating func finish() async throws {
    if failures > limits.failures {
      let message = "\(failures - limits.failures) more rows could not be read"
      try await sink.take(.failed(CrawlFailure(item: source.redactedLocation, message: message)))
    }
    let missing = textColumn.flatMap { skipped[noText(in: $0)] } ?? 0
    if documents == 0, missing > 0, let textColumn {
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "no row has a text in `\(textColumn)`; \(columnsAdvice)")
    }
    for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
      try await sink.take(.skipped(Skip(item: source.redactedLocation, reason: reason, count: count)))
    }
  }

  private mutating func add(_ row: [String: JSONField], link: String) async throws {
    if let reason = columns.reason(against: row, author: author) { return skip(reason) }
    if textColumn == nil {
      namesOfFirstRow = row.keys.sorted()
      textColumn = columns.textColumn(among: namesOfFirstRow)
    }
    guard let textColumn else {
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "nobody knows which column holds the text; \(columnsAdvice)")
    }
    let text = cleaned(DatasetColumns.value(of: textColumn, in: row)?.string ?? "")
    guard !text.isEmpty else { return skip(noText(in: textColumn)) }
    // One paragraph of SQuAD stands in a row for each question about it, under that question's identifier.
    let isQuestion = row["question"] != nil && textColumn == "context"
    if isQuestion, !passages.insert(text).inserted { return }
    let identifier = isQuestion ? nil : columns.value(of: "id", in: row)?.string
    let own = columns.value(of: "link", in: row)?.string.flatMap { canonicalLink($0) }
    var document = document(text, link: own ?? "\(link)#\(fragment(identifier, of: text))")
    document.title = columns.value(of: "title", in: row)?.string.map { cleaned($0) }.flatMap { $0.isEmpty ? nil : $0 }
    document.language = columns.value(of: "language", in: row)?.string
    document.publishedAt = columns.value(of: "date", in: row)?.date
    try await give(document)
  }

  private mutating func add(_ passage: DatasetItem.Passage, link: String) async throws {
    var paragraphs = passage.paragraphs
    if columns.takesQuestions {
      paragraphs += passage.questions.map { "**\($0.question)**\n\n\($0.answer ?? "There is no answer.")" }
    }
    let text = cleaned(paragraphs.joined(separator: "\n\n"))
    guard !text.isEmpty else { return skip("no text") }
    // SQuAD writes titles as Wikipedia's addresses have them.
    let title = passage.title.map { cleaned($0.replacing("_", with: " ")) }
    var document = document(text, link: "\(link)#\(fragment(passage.title, of: text))")
    document.title = title
    try await give(document)
  }

  private func document(_ text: String, link: String) -> RawDocument {
    var record = record
    record.bodyHash = ContentHash(of: text)
    return RawDocument(
      category: .articles, link: link, platform: platform, author: author, text: text, crawl: record)
  }

  private mutating func give(_ document: RawDocument) async throws {
    documents += 1
    try await sink.take(.document(document))
  }

  private mutating func skip(_ reason: String) { skipped[reason, default: 0] += 1 }

  private mutating func fail(_ item: String, _ message: String) async throws {
    hasFailed = true
    failures += 1
    if failures <= limits.failures {
      try await sink.take(.failed(CrawlFailure(item: item, message: message)))
    }
  }

  /// What tells a row from the others of its file: its identifier, or else its text, so that rows may change places.
  private func fragment(_ identifier: String?, of text: String) -> String {
    guard let identifier, !identifier.isEmpty, identifier.utf8.count <= 200 else {
      return "sha256-" + ContentHash(of: identifier ?? text).hexadecimal.prefix(32)
    }
    return percentEncodedPath(identifier)
  }

  private func noText(in column: String) -> String { "no text in `\(oneLine(column))`" }

  private var columnsAdvice: String {
    let names = namesOfFirstRow.prefix(20).map { "`\(oneLine($0))`" }.joined(separator: ", ")
    return "say `text: COLUMN`, with one of \(names.isEmpty ? "its columns" : names)"
  }

  /// A text without NUL, which no store takes, and without white space around it.
  private func cleaned(_ text: String) -> String {
    let text = text.utf8.contains(0) ? text.replacing("\0", with: "") : text
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
