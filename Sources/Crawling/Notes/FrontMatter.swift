import Foundation

/// The block between `---` lines at the top of a Markdown file, as static site generators write it.
///
/// Only flat `key: value` lines are read: enough for what a document keeps. Anything nested is passed over.
struct FrontMatter: Sendable, Hashable {
  private var values: [String: String] = [:]
  /// The text after the block; all of it if there is none.
  private(set) var body: String

  /// Splits a file's text.
  init(of text: String) {
    body = text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func isFence(_ line: Substring) -> Bool { line == "---" || line == "---\r" }
    guard let first = lines.first, isFence(first), let end = lines.dropFirst().firstIndex(where: isFence) else {
      return
    }
    for line in lines[1..<end] where !line.hasPrefix(" ") && !line.hasPrefix("\t") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      let unquoted =
        value.count > 1 && value.first == value.last && "\"'".contains(value.prefix(1))
        ? String(value.dropFirst().dropLast()) : value
      values[line[..<colon].lowercased()] = unquoted
    }
    body = lines[(end + 1)...].joined(separator: "\n").trimmingPrefix("\n").description
  }

  /// A text that has no such block, whatever its first line is.
  init(plainText text: String) {
    body = text
  }

  /// A value that is not empty.
  subscript(_ keys: String...) -> String? {
    keys.lazy.compactMap { values[$0] }.first { !$0.isEmpty }
  }

  /// The publication date: ISO 8601, a day or a moment.
  var date: Date? {
    guard let text = self["date", "published"] else { return nil }
    if let moment = try? Date(text, strategy: .iso8601) { return moment }
    return try? Date(String(text.prefix(10)), strategy: .iso8601.year().month().day())
  }

  /// The tags of `tags: [a, b]` or `tags: a, b`.
  var tags: [String] {
    (self["tags"] ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "[]")).split(separator: ",").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
    }.filter { !$0.isEmpty }
  }
}
