@testable import Crawling

/// Trees written on one line, for tests: `p("one" b("two"))`.
enum Outline {
  /// What the body of a page holds, after parsing.
  static func body(_ html: String, limits: ExtractionLimits = ExtractionLimits()) -> String {
    let tree = HTMLParser.parse(Array(html.utf8), limits: limits)
    return tree.first(.body, in: 0).map { children(of: $0, in: tree) } ?? ""
  }

  /// The whole page.
  static func page(_ html: String) -> String {
    children(of: 0, in: HTMLParser.parse(Array(html.utf8), limits: ExtractionLimits()))
  }

  /// All text of a page, in order.
  static func text(_ html: String) -> String {
    let tree = HTMLParser.parse(Array(html.utf8), limits: ExtractionLimits())
    return String(decoding: tree.rawText(0), as: UTF8.self)
  }

  private static func children(of index: Int, in tree: HTMLTree) -> String {
    tree.children(index).map { child in
      if tree.tag(child) == .text { return "\"\(String(decoding: tree.text(child), as: UTF8.self))\"" }
      let inner = children(of: child, in: tree)
      return tree.tag(child).rawValue + (inner.isEmpty ? "" : "(\(inner))")
    }.joined(separator: " ")
  }
}
