import Dataflow
import Testing

@Suite struct MermaidTests {
  @Test func `a small graph reads like this`() throws {
    let picture = try GraphPicture(
      [drawnStep("a", needs: ["folder"]), drawnStep("b", needs: ["a"], each: "a"), drawnStep("c", needs: ["b"])],
      title: "small", requested: ["c"])
    let expected = #"""
      flowchart LR
        n0["folder <i>[String]</i>"]
        n1("<b>a</b><br/><i>[String]</i>")
        n2[["<b>b</b><br/><i>[String]</i>"]]
        n3[/"<b>c</b><br/><i>[String]</i>"\]
        n0 --> n1
        n1 -->|each| n2
        n2 -->|collect| n3
        classDef inputs fill:none,stroke:#6b7780,stroke-dasharray:4 3
        class n0 inputs
        classDef step fill:#b4d8e4,stroke:#4f8699,color:#1b2a31
        class n1 step
        classDef fanOut fill:#56e39f,stroke:#168a54,color:#1b2a31
        class n2 fanOut
        classDef output fill:#ffc857,stroke:#a87514,color:#2a1d02
        class n3 output

      """#
    #expect(picture.mermaid() == expected)
    #expect(picture.mermaid(direction: .topDown).hasPrefix("flowchart TB\n"))
  }

  @Test func `hostile names stay within their quotation marks`() throws {
    let names = hostileNames
    var picture = try GraphPicture(names.map { drawnStep($0, needs: ["in\($0)"]) }, title: names[0])
    for index in picture.nodes.indices { picture.nodes[index].type = names[index % names.count] }
    picture.nodes[3].group = names[0]
    let nodes = picture.mermaid().split(separator: "\n").filter { $0.contains("\"") }
    #expect(nodes.count == picture.nodes.count + 1)
    for line in nodes {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      #expect(parts.count == 3, "\(line)")
      var text = String(parts[1])
      for tag in ["<b>", "</b>", "<i>", "</i>", "<br/>"] { text = text.replacing(tag, with: "") }
      #expect(!text.contains { "<>&`\\*%\n".contains($0) }, "\(line)")
      // Every number sign begins the code of a character.
      for code in text.split(separator: "#", omittingEmptySubsequences: false).dropFirst() {
        #expect(code.prefix { $0.isNumber }.count > 0 && code.drop { $0.isNumber }.first == ";", "\(line)")
      }
      let opening = parts[0].drop { $0 == " " }
      #expect(opening.hasPrefix("n") || opening.hasPrefix("subgraph g"), "\(line)")
    }
  }

  @Test func `a path is picked out by its edges' numbers`() throws {
    let picture = try GraphPicture(drawnSteps, title: "", selection: .path(from: "chunks", to: "index"))
    let lines = picture.mermaid().split(separator: "\n")
    let arrows = lines.filter { $0.contains("--") || $0.contains("-.-") }
    let style = try #require(lines.first { $0.contains("linkStyle") })
    let numbers = style.split(separator: " ")[1].split(separator: ",").compactMap { Int($0) }
    #expect(numbers.map { arrows[$0].contains("each") || arrows[$0].contains("collect") } == [true, true])
  }
}
