import Dataflow
import Testing

@Suite struct DOTTests {
  /// The tokens of DOT: strings and HTML-like labels whole, by the rules of the language.
  enum Token: Equatable {
    case string(String)
    case html(String)
    case word(String)
    case sign(Character)
  }

  /// Nil if a string or label does not end.
  func tokenized(_ text: String) -> [Token]? {
    var tokens: [Token] = []
    var rest = Substring(text)
    while let first = rest.first {
      switch first {
      case "\"":
        var string = ""
        rest.removeFirst()
        while let next = rest.first, next != "\"" {
          if next == "\\" { string.append(rest.removeFirst()) }
          guard let taken = rest.popFirst() else { return nil }
          string.append(taken)
        }
        guard rest.popFirst() == "\"" else { return nil }
        tokens.append(.string(string))
      case "<":
        var depth = 0
        var html = ""
        repeat {
          guard let next = rest.popFirst() else { return nil }
          depth += next == "<" ? 1 : next == ">" ? -1 : 0
          html.append(next)
        } while depth > 0
        tokens.append(.html(String(html.dropFirst().dropLast())))
      case _ where first.isLetter || first.isNumber || first == "_":
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      default:
        if !first.isWhitespace { tokens.append(.sign(first)) }
        rest.removeFirst()
      }
    }
    return tokens
  }

  @Test func `a small graph reads like this`() throws {
    let picture = try GraphPicture(
      [drawnStep("a", needs: ["folder"]), drawnStep("b", needs: ["a"], each: "a"), drawnStep("c", needs: ["b"])],
      title: "small", requested: ["c"])
    let expected = #"""
      digraph "small" {
        graph [rankdir=LR, label="small", labelloc=t, fontname="Helvetica"];
        node [shape=box, style="rounded,filled", fillcolor="#b4d8e4", fontname="Helvetica", margin="0.15,0.1"];
        edge [color="#6b7780"];
        "_a_inputs" [label=<<table border="0" cellspacing="0"><tr><td align="left">folder</td><td align="left"><i>[String]</i></td></tr></table>>, style="dashed"];
        "a" [label=<<b>a</b><br/><i>[String]</i>>];
        "b" [label=<<b>b</b><br/><i>[String]</i>>, peripheries=2, fillcolor="#56e39f"];
        "c" [label=<<b>c</b><br/><i>[String]</i>>, fillcolor="#ffc857"];
        "_a_inputs" -> "a";
        "a" -> "b" [arrowhead=crow];
        "b" -> "c" [dir=both, arrowtail=crow];
      }

      """#
    #expect(picture.dot() == expected)
    #expect(picture.dot(direction: .topDown).contains("rankdir=TB"))
  }

  @Test func `hostile names stay within their strings and labels`() throws {
    let names = hostileNames
    var picture = try GraphPicture(names.map { drawnStep($0, needs: ["in\($0)"]) }, title: names[0])
    for index in picture.nodes.indices { picture.nodes[index].type = names[index % names.count] }
    picture.nodes[3].group = names[0]
    let tokens = try #require(tokenized(picture.dot()))
    var labels = 0
    for case .html(let html) in tokens {
      labels += 1
      let reading = XMLReading("<label>\(html)</label>")
      #expect(reading.problem == nil, "\(html)")
      #expect(Set(reading.elements.map(\.name)).isSubset(of: ["label", "b", "i", "br", "table", "tr", "td"]))
    }
    #expect(labels == picture.nodes.count)
    // What is left outside of strings is the language alone.
    let words = Set(tokens.compactMap { if case .word(let word) = $0 { word } else { nil } })
    #expect(
      words.isSubset(of: [
        "digraph", "graph", "rankdir", "LR", "label", "labelloc", "t", "fontname", "node", "shape", "box", "style",
        "fillcolor", "margin", "edge", "color", "subgraph", "cluster_1", "cluster_0", "peripheries", "2", "arrowhead",
        "crow", "dir", "both", "arrowtail",
      ]))
    #expect(tokens.filter { $0 == .sign("{") }.count == tokens.filter { $0 == .sign("}") }.count)
    #expect(tokens.filter { $0 == .sign(">") }.count == picture.edges.count)
  }

  @Test func `nodes whose ids differ in what cannot be written stay two`() {
    let picture = GraphPicture(
      title: "", nodes: ["a\nb", "a b"].map { .init(id: $0, name: $0, kind: .step) },
      edges: [.init(from: "a\nb", to: "a b")])
    #expect(picture.dot().contains(#""a b #0" -> "a b";"#))
  }
}
