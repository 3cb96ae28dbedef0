import Domain
import Foundation

/// Which columns of a dataset hold what, and which of its rows are wanted.
struct DatasetColumns: Sendable {
  /// The options of a source by which it is told.
  static let options = [
    SourceOption("text", .text, "the column of the text, such as `text`, or `post.body` for what is nested"),
    SourceOption("title", .text, "the column of the title"),
    SourceOption("date", .text, "the column of the publication date"),
    SourceOption("language", .text, "the column of the language"),
    SourceOption("id", .text, "the column that tells rows apart, which makes their links"),
    SourceOption("link", .text, "the column of the web link of the text, which then is the link of its document"),
    SourceOption("author_column", .text, "the column of the author's name; rows of others are left out"),
    SourceOption("where", .list, "conditions of the form `column=value`, all of which a row must meet"),
    SourceOption("questions", .flag, "of SQuAD's form also the questions and answers; false by default"),
  ]

  /// The names that columns usually have. The first list is of texts, where only one of them must be there.
  private static let usual: [String: [String]] = [
    "text": ["text", "content", "body", "article", "markdown", "context"],
    "title": ["title", "headline"],
    "date": ["date", "published_at", "published", "publish_date", "created_at"],
    "language": ["language", "lang"],
    "id": ["id", "_id", "uuid", "guid"],
  ]

  /// The columns that the user named, by option.
  private let named: [String: String]
  private let conditions: [(column: String, value: String)]
  /// Whether questions and answers belong to the text.
  let takesQuestions: Bool

  /// Reads a source's options.
  ///
  /// - Throws: ``CrawlError/unsupportedSource(source:reason:)`` for a condition that is none.
  init(_ source: CrawlSource) throws(CrawlError) {
    named = source.options.compactMapValues { $0.first }
    takesQuestions = source.options["questions"] == ["true"]
    var conditions: [(column: String, value: String)] = []
    for text in source.options["where"] ?? [] {
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw .unsupportedSource(
          source: source.redactedLocation,
          reason: "`\(oneLine(text))` in `where` is no condition, such as `lang=en`")
      }
      conditions.append((String(text[..<sign]), String(text[text.index(after: sign)...])))
    }
    self.conditions = conditions
  }

  /// The column of the text in rows of these names; nil if none has one of the usual names, or more than one.
  func textColumn(among names: some Collection<String>) -> String? {
    named["text"] ?? only("text", among: Set(names))
  }

  /// What a row has for an option; nil if it has nothing.
  func value(of option: String, in row: [String: JSONField]) -> JSONField? {
    if let column = named[option] { return Self.value(of: column, in: row) }
    return only(option, among: Set(row.keys)).flatMap { row[$0] }
  }

  /// Why a row is left out; nil if it is wanted.
  func reason(against row: [String: JSONField], author: User) -> String? {
    if named["author_column"] != nil {
      let value = value(of: "author_column", in: row)
      let names = (value.map { $0.items.isEmpty ? [$0] : $0.items } ?? []).compactMap(\.string)
      let isTheirs = names.contains {
        $0.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() == author.fullName.lowercased()
      }
      if !isTheirs { return "by another author" }
    }
    let isMet = conditions.allSatisfy { Self.value(of: $0.column, in: row)?.string == $0.value }
    return isMet ? nil : "not among `where`"
  }

  /// What stands in a column, whose name may be a path through nested objects.
  static func value(of column: String, in row: [String: JSONField]) -> JSONField? {
    if let value = row[column] { return value }
    var value = JSONField.object(row)
    for name in column.split(separator: ".") {
      guard let member = value[String(name)] else { return nil }
      value = member
    }
    return value
  }

  private func only(_ option: String, among names: Set<String>) -> String? {
    let found = (Self.usual[option] ?? []).filter(names.contains)
    return found.count == 1 ? found[0] : nil
  }
}
