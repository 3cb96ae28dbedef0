import Foundation

/// Reads files of labelled queries, one JSON object in each line:
/// ```
/// {"query": "who pays for tides?", "relevant": ["https://ada.example/tides"], "kind": "paraphrase"}
/// {"query": "M2", "relevant": {"tidelog/constituents.py": 2, "README.md": 1}}
/// {"query": "why M2?", "relevant": ["README.md"], "passages": {"README.md": "M2 is the Moon's."}}
/// ```
public enum SearchQueries {
  /// The most queries of a file.
  public static let maximumCount = 10_000
  /// The largest file, in bytes.
  public static let maximumBytes = 16 << 20

  /// Reads a file; empty lines are skipped.
  ///
  /// - Throws: ``SearchError/unreadableQueries(file:reason:)`` and ``SearchError/badQuery(file:line:reason:)``.
  public static func read(_ file: String) throws(SearchError) -> [LabelledQuery] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
      throw .unreadableQueries(file: file, reason: "there is no such file")
    }
    guard !isFolder.boolValue else { throw .unreadableQueries(file: file, reason: "it is a folder") }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .unreadableQueries(file: file, reason: "permission denied")
    }
    guard data.count <= maximumBytes else {
      throw .unreadableQueries(file: file, reason: "it is larger than \(maximumBytes >> 20) MiB")
    }
    return try queries(in: [UInt8](data), file: file)
  }

  /// Reads what a file holds, or the command's input; empty lines are skipped.
  ///
  /// - Parameter file: what messages call it.
  /// - Throws: ``SearchError/unreadableQueries(file:reason:)`` and ``SearchError/badQuery(file:line:reason:)``.
  public static func queries(in bytes: [UInt8], file: String) throws(SearchError) -> [LabelledQuery] {
    var queries: [LabelledQuery] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let reader = LineReader(file: file, line: index + 1)
      queries.append(try reader.query(Data(line)))
      guard queries.count <= maximumCount else {
        throw .unreadableQueries(file: file, reason: "it has more than \(maximumCount) queries")
      }
    }
    guard !queries.isEmpty else { throw .unreadableQueries(file: file, reason: "there is no query in it") }
    return queries
  }

  private struct LineReader {
    let file: String
    let line: Int

    func query(_ data: Data) throws(SearchError) -> LabelledQuery {
      guard let object = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] else {
        throw flaw("it is not a JSON object on one line")
      }
      let known = ["query", "relevant", "passages", "kind"]
      if let key = object.keys.sorted().first(where: { !known.contains($0) }) {
        throw flaw("it has the key `\(key)`\(nearestName(to: key, in: known).map { "; did you mean `\($0)`?" } ?? "")")
      }
      guard let text = object["query"] as? String, text.contains(where: { !$0.isWhitespace }) else {
        throw flaw("`query` must be a text")
      }
      guard object["kind"].map({ $0 is String }) ?? true else { throw flaw("`kind` must be a text") }
      let labels = try labels(object["relevant"])
      return LabelledQuery(
        text: text, relevant: labels, passages: try passages(object["passages"], of: labels),
        kind: object["kind"] as? String)
    }

    private func passages(_ value: Any?, of labels: [String: Double]) throws(SearchError) -> [String: String] {
      guard let value else { return [:] }
      let wanted = "`passages` must be an object with words of documents for labels of `relevant`"
      guard let passages = value as? [String: String] else { throw flaw(wanted) }
      for (label, words) in passages where labels[label] == nil || !words.contains(where: { !$0.isWhitespace }) {
        throw flaw("\(wanted), but is not for `\(label)`")
      }
      return passages
    }

    private func labels(_ value: Any?) throws(SearchError) -> [String: Double] {
      let wanted =
        "`relevant` must be a list of links or identifiers, or an object of them with grades from 0 to 10, "
        + "at least one above 0"
      var labels: [String: Double] = [:]
      if let list = value as? [Any] {
        for item in list {
          guard let label = item as? String, !label.isEmpty else { throw flaw(wanted) }
          labels[label] = 1
        }
      } else if let grades = value as? [String: Any] {
        for (label, grade) in grades {
          guard let grade = (grade as? NSNumber)?.doubleValue, (0...10).contains(grade), !label.isEmpty else {
            throw flaw(wanted)
          }
          if grade > 0 { labels[label] = grade }
        }
      }
      guard !labels.isEmpty else { throw flaw(wanted) }
      return labels
    }

    private func flaw(_ reason: String) -> SearchError { .badQuery(file: file, line: line, reason: reason) }
  }
}
