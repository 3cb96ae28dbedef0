import TestSupport
import Testing

@testable import Crawling

@Suite struct ParserPropertyTests {
  /// Fails unless every node lies within its parent and behind it.
  private func expectSound(_ tree: HTMLTree, _ limits: ExtractionLimits = ExtractionLimits()) {
    var depths = [0]
    var sound = tree.nodes.first?.tag == .root && Int(tree.nodes[0].end) == tree.nodes.count
    for index in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[index]
      let parent = Int(node.parent)
      sound = sound && parent < index && tree.nodes[parent].tag != .text && node.end <= tree.nodes[parent].end
      sound = sound && Int(node.end) > index && (node.tag != .text || Int(node.end) == index + 1)
      let pool = node.tag == .text ? tree.bytes.count : tree.attributes.count
      sound = sound && node.start >= 0 && node.count >= 0 && Int(node.start + node.count) <= pool
      guard sound else { break }
      depths.append(depths[parent] + 1)
    }
    #expect(sound)
    #expect(depths.allSatisfy { $0 <= limits.depth })
    #expect((try? UTF8Span(validating: tree.bytes.span)) != nil)
  }

  private static let names = [
    "html", "head", "body", "title", "p", "div", "ul", "li", "dl", "dd", "dt", "table", "tr", "td", "th", "tbody",
    "caption", "col", "colgroup", "a", "b", "i", "nobr", "font", "form", "button", "select", "option", "optgroup",
    "svg",
    "math", "mi", "foreignObject", "annotation-xml", "desc", "template", "noscript", "textarea", "script", "style",
    "h1",
    "pre", "br", "img", "object", "ruby", "rt", "frameset", "frame", "x-y", "span", "input", "hr", "iframe",
    "plaintext",
  ]
  private static let pieces = [
    "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<!doctype html>", "</", "<", ">", "\"", "'", "=", "&", "&amp", "&#x",
    "&#150;",
    "/>", " ", "\0", "\r\n", "é", "\u{1F600}", "<!", "<?", "word",
  ]

  private func markup(_ random: inout SeededGenerator, _ count: Int) -> String {
    var html = ""
    for _ in 0..<count {
      let name = Self.names.randomElement(using: &random) ?? "p"
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2: html += "<\(name)>"
      case 3: html += "<\(name) class='a' href=b id=\"c\">"
      case 4, 5: html += "</\(name)>"
      case 6: html += "word "
      default: html += Self.pieces.randomElement(using: &random) ?? ""
      }
    }
    return html
  }

  @Test(arguments: 0..<150) func `any markup makes a sound tree`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let html = markup(&random, Int.random(in: 1...300, using: &random))
    expectSound(HTMLParser.parse(Array(html.utf8), limits: ExtractionLimits()))
    let tight = ExtractionLimits(nodes: 100, depth: 7)
    expectSound(HTMLParser.parse(Array(html.utf8), limits: tight), tight)
  }

  @Test(arguments: 0..<60) func `a mutated page makes a sound tree`(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 31)
    var bytes = Array(Pages.page(Pages.prose + "<table><tr><td>a<b>b</table><ul><li>c<li>d</ul><pre>e</pre>").utf8)
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      let position = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[position] = UInt8.random(in: 0..<128, using: &random)
      case 1: bytes.remove(at: position)
      default: bytes.insert(contentsOf: Array("<>/&-!\"'=".utf8).shuffled(using: &random).prefix(2), at: position)
      }
    }
    expectSound(HTMLParser.parse(bytes, limits: ExtractionLimits()))
  }

  // Tags that cross in every way, but none that swallows text: each word must come out, in order.
  @Test(arguments: 0..<100) func `words are neither lost nor doubled nor moved`(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 7919)
    let swallowing: Set = ["title", "textarea", "script", "style", "iframe", "plaintext"]
    let names = Self.names.filter { !swallowing.contains($0) }
    var html = ""
    var words: [String] = []
    for number in 0..<Int.random(in: 1...200, using: &random) {
      let name = names.randomElement(using: &random) ?? "p"
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1: html += "<\(name)>"
      case 2, 3: html += "</\(name)>"
      default:
        words.append("word\(number)")
        html += " word\(number) "
      }
    }
    #expect(Outline.text(html).split(whereSeparator: \.isWhitespace).map(String.init) == words)
  }

  // Each would take minutes if any step grew with what came before.
  @Test(arguments: [
    "<div>", "<b>", "<p>", "<a href=x>", "<table>", "<table><tr><td>", "<li>", "<svg>", "<math><mi>", "<select>",
    "<font a=1>",
    "<form>", "<template>", "<noscript>", "<button>", "<b><div>", "<i><b></i>", "</p>", "</b>", "</x>", "<b></p>",
    "<p><b></p>", "<a><div></a>", "<script><!--<script></script>", "<textarea>", "<title>", "<tr>", "<nobr>",
    "<b><table>", "<ruby><rt>",
    "<!--", "<![CDATA[", "<", "<a ", "<a b=\"", "<a b='>", "&", "&#", "&notin", "</", "<!", "]]>", "--",
    "<svg><![CDATA[", "<object>",
    "<frameset>", "<x-y>", "<h1>", "<option>",
  ])
  func `time is linear whatever is repeated`(piece: String) {
    let count = 100_000 / piece.utf8.count
    let html = "<p>first</p>" + String(repeating: piece, count: count) + "last"
    let tree = HTMLParser.parse(Array(html.utf8), limits: ExtractionLimits())
    expectSound(tree)
    #expect(String(decoding: tree.rawText(0), as: UTF8.self).hasPrefix("first"))
  }

  @Test func `a page of deep nesting keeps all its words`() {
    let words = (0..<2000).map { "<div><b>w\($0) " }.joined()
    let expected = (0..<2000).map { "w\($0)" }
    #expect(Outline.text(words).split(separator: " ").map(String.init) == expected)
  }
}
