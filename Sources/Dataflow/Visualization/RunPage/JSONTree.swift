import Foundation

/// Writes JSON as a table that unfolds: what is nested stands behind a line that says how much it is.
enum JSONTree {
  /// How deep tables are nested; what lies deeper is written as JSON.
  private static let depthLimit = 12
  /// The most entries of one object or list.
  private static let entryLimit = 200
  /// The most bytes of one string.
  private static let textLimit = 2000

  static func write(_ value: JSONValue, to markup: inout Markup) {
    write(value, depth: 0, to: &markup)
  }

  private static func write(_ value: JSONValue, depth: Int, to markup: inout Markup) {
    switch value {
    case .object(let object) where !object.isEmpty && depth < depthLimit:
      let entries = object.sorted { $0.key < $1.key }
      fold(count: entries.count, of: "entry", "entries", depth: depth, to: &markup) {
        rows(entries.map { ($0.key, $0.value) }, depth: depth, to: &$0)
      }
    case .array(let list) where depth < depthLimit && !isShort(list):
      fold(count: list.count, of: "element", "elements", depth: depth, to: &markup) {
        rows(list.prefix(entryLimit + 1).enumerated().map { ("\($0 + 1)", $1) }, depth: depth, to: &$0)
        more(list.count, to: &$0)
      }
    case .array(let list) where !list.isEmpty && isShort(list):
      markup.write(list.map(text).joined(separator: ", "))
    default:
      markup.write(text(value))
    }
  }

  private static func fold(
    count: Int, of one: String, _ many: String, depth: Int, to markup: inout Markup,
    _ content: (inout Markup) -> Void
  ) {
    guard depth > 0 else { return content(&markup) }
    markup.element("details", count <= 12 && depth < 3 ? [("open", "open")] : []) { markup in
      markup.element("summary", text: "\(count) \(count == 1 ? one : many)")
      content(&markup)
    }
  }

  private static func rows(_ entries: [(String, JSONValue)], depth: Int, to markup: inout Markup) {
    markup.element("table", [("class", "json")]) { markup in
      markup.element("tbody") { markup in
        for (key, value) in entries.prefix(entryLimit) {
          markup.element("tr") { markup in
            markup.element("th", [("scope", "row")], text: shortened(key, to: textLimit))
            markup.element("td") { write(value, depth: depth + 1, to: &$0) }
          }
        }
      }
    }
  }

  private static func more(_ count: Int, to markup: inout Markup) {
    guard count > entryLimit else { return }
    markup.element("p", [("class", "more")], text: "… and \(count - entryLimit) more; the record has them.")
  }

  /// Whether a list fits in a line: a few numbers or short strings.
  private static func isShort(_ list: [JSONValue]) -> Bool {
    list.count <= 12
      && list.allSatisfy { element in
        switch element {
        case .object, .array: false
        case .string(let string): string.utf8.count <= 60
        default: true
        }
      }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .string(let string): shortened(string, to: textLimit)
    case .array(let list) where list.isEmpty: "none"
    case .object(let object) where object.isEmpty: "none"
    case .array, .object: shortened(json(value), to: textLimit)
    }
  }

  private static func json(_ value: JSONValue) -> String {
    (try? recordEncoder(pretty: false).encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "too deep to show"
  }
}
