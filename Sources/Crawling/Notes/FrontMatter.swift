import Foundation

/// The block between `---` lines at the top of a Markdown file, as static site generators and note programs write it.
///
/// Only what a document keeps is read: flat `key: value` lines, and lists of one level. Anything nested is passed over.
struct FrontMatter: Sendable, Hashable {
  private var values: [String: [String]] = [:]
  /// The text after the block, or all of it if there is none; its lines end in LF.
  private(set) var body: String

  /// Splits a file's text.
  init(of text: String) {
    self.init(plainText: text)
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return }
    var key = ""
    for line in lines[1..<end] {
      let content = line.trimmingCharacters(in: .whitespaces)
      if content.hasPrefix("- ") {
        values[key, default: []].append(Self.unquoted(content.dropFirst(2)))
      } else if line.first != " ", line.first != "\t", let colon = line.firstIndex(of: ":") {
        key = line[..<colon].lowercased()
        values[key] = Self.items(line[line.index(after: colon)...])
      }
    }
    body = lines[(end + 1)...].drop(while: \.isEmpty).joined(separator: "\n")
  }

  /// A text that has no such block, whatever its first line is.
  init(plainText text: String) {
    body = text.replacingOccurrences(of: "\r\n", with: "\n")
  }

  /// The first of these keys that has a value.
  subscript(_ keys: String...) -> String? {
    keys.lazy.compactMap { values[$0] }.first { !$0.isEmpty }?.joined(separator: ", ")
  }

  /// The publication date: ISO 8601, a day or a moment.
  var date: Date? {
    guard let text = self["date", "published"] else { return nil }
    if let moment = try? Date(text, strategy: .iso8601) { return moment }
    return try? Date(String(text.prefix(10)), strategy: .iso8601.year().month().day())
  }

  /// The tags of `tags: [a, b]`, of `tags: a, b`, or of a list below `tags:`.
  var tags: [String] {
    (values["tags"] ?? []).flatMap { $0.split(separator: ",") }.map(Self.unquoted).filter { !$0.isEmpty }
  }

  /// The items of `[a, b]`; any other value is one item, and none if it is empty.
  private static func items(_ value: Substring) -> [String] {
    let value = value.trimmingCharacters(in: .whitespaces)
    guard value.hasPrefix("["), value.hasSuffix("]") else { return value.isEmpty ? [] : [unquoted(value)] }
    return value.dropFirst().dropLast().split(separator: ",").map(unquoted)
  }

  private static func unquoted(_ text: some StringProtocol) -> String {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard text.count > 1, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" else { return text }
    return String(text.dropFirst().dropLast())
  }
}
