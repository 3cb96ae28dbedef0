import Dataflow
import Testing

@Suite struct SVGTests {
  func reading(_ picture: GraphPicture, direction: LayoutDirection = .leftToRight) -> XMLReading {
    XMLReading(picture.svg(direction: direction))
  }

  @Test func `a picture stands alone, and says what it is to those who cannot see it`() throws {
    let picture = try GraphPicture(drawnSteps, title: "twin", requested: ["report"])
    for direction in LayoutDirection.allCases {
      let reading = reading(picture, direction: direction)
      #expect(reading.problem == nil)
      let root = try #require(reading.elements.first)
      #expect(root.name == "svg")
      #expect(root.attributes["role"] == "img")
      #expect(reading.elements.contains { $0.attributes["id"] == "dataflow-title" && $0.text == "twin" })
      #expect(root.attributes["aria-labelledby"] == "dataflow-title dataflow-description")
      #expect(!reading.elements.contains { $0.attributes["href"] != nil || $0.attributes["src"] != nil })
      #expect(reading.elements("style").allSatisfy { !$0.text.contains("@import") && !$0.text.contains("http") })
      #expect(reading.elements("style").first?.text.contains("prefers-color-scheme: dark") == true)
    }
  }

  @Test func `each node is drawn in the shape of its kind, with a tooltip`() throws {
    var picture = try GraphPicture(drawnSteps, title: "twin", overrides: ["vectors"])
    let documents = try #require(picture.nodes.firstIndex { $0.id == "documents" })
    picture.nodes[documents].documentation = "Reads the folder."
    let reading = reading(picture)
    let classes = reading.elements("g").compactMap { $0.attributes["class"] }.filter { $0.hasPrefix("node") }
    for node in picture.nodes { #expect(classes.contains { $0.hasPrefix("node \(node.kind.rawValue)") }) }
    let tooltips = reading.elements("title").map(\.text)
    #expect(tooltips.contains("documents: [String]\nReads the folder."))
    #expect(tooltips.contains("chunks: [String]\nonce for each item, at most 8 at once"))
    #expect(tooltips.contains { $0.contains("a value is given in its place") })
    #expect(reading.elements("path").filter { $0.attributes["class"]?.hasPrefix("edge") == true }.count > 8)
  }

  @Test func `the legend explains what is there and nothing else`() throws {
    func legend(_ picture: GraphPicture) -> Set<String> {
      let texts = reading(picture).elements("text").filter { $0.attributes["class"] == nil }
      return Set(texts.map(\.text))
    }
    let plain = try GraphPicture([drawnStep("a"), drawnStep("b", needs: ["a"])], title: "twin")
    #expect(legend(plain) == ["step"])
    let all = try GraphPicture(
      drawnSteps, title: "twin", requested: ["report"], selection: .path(from: "folder", to: "report"))
    #expect(
      legend(all) == [
        "inputs", "chooses a variant", "step", "step for each item", "collects the items", "asked for", "item by item",
        "all items", "may be left out", "choice", "path",
      ])
  }

  @Test func `a run shows status, time and counts of every step`() async throws {
    let graph = Graph([
      StepNode<Void>("words") { _, _ in ["a", "b", "c"] },
      StepNode<Void>("broken", needs: [Need("words", [String].self)]) { _, _ -> Int in
        throw DataflowError.itemsFailed([])
      },
      StepNode<Void>("after", needs: [Need("broken", Int.self)]) { _, _ in 1 },
    ])
    let record = try await graph.run(["after"], options: RunOptions(pipeline: "p")).record
    let reading = reading(try GraphPicture(graph, title: "p", record: record))
    let texts = reading.elements("text").map(\.text)
    #expect(texts.contains("p · run \(record.runID) · failed"))
    #expect(texts.contains("0 in, 3 out"))
    #expect(texts.contains { $0.hasPrefix("computed · ") })
    #expect(texts.contains { $0.hasPrefix("failed · ") })
    let marks = reading.elements("circle").compactMap { $0.attributes["class"] }
    #expect(Set(marks) == ["mark computed", "mark failed", "mark skipped"])
  }

  @Test func `hostile names stay text`() throws {
    let names = hostileNames
    var picture = try GraphPicture(
      names.map { drawnStep($0, needs: ["folder\($0)"]) } + [drawnStep("all", needs: names)], title: names[0])
    for index in picture.nodes.indices {
      picture.nodes[index].group = names[index % names.count]
      picture.nodes[index].documentation = names[index % names.count]
      picture.nodes[index].type = names[index % names.count]
    }
    let reading = reading(picture)
    #expect(reading.problem == nil)
    #expect(
      Set(reading.elements.map(\.name)).isSubset(of: [
        "svg", "title", "desc", "style", "defs", "marker", "pattern", "path", "rect", "g", "text", "circle",
      ]))
    #expect(!reading.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
    let texts = reading.elements("text").map(\.text)
    #expect(texts.contains(#""><script>alert(1)</script>"#))
    #expect(texts.contains(String(repeating: "x", count: 80) + "…"))
    #expect(texts.allSatisfy { $0.count <= 81 + 11 })
  }

  @Test func `a box is as wide as its text`() throws {
    func width(_ name: String) throws -> Double {
      let reading = reading(try GraphPicture([drawnStep(name)], title: ""))
      let shape = try #require(reading.elements("rect").first { $0.attributes["class"] == "shape" })
      return try #require(shape.attributes["width"].flatMap(Double.init))
    }
    #expect(try width("iiiiiiiiiiiiiiiiiiii") < width("mmmmmmmmmmmmmmmmmmmm"))
    #expect(try width("mmmmmmmmmmmmmmmmmmmm") > 20 * 0.8 * 13)
    #expect(try width("文文文文文文文文文文") > 10 * 13)
  }

  @Test func `an empty graph and a large one are drawn`() throws {
    #expect(reading(GraphPicture(title: "nothing")).problem == nil)
    let chain = (0..<600).map { drawnStep("s\($0)", needs: $0 == 0 ? [] : ["s\($0 - 1)"]) }
    #expect(reading(try GraphPicture(chain, title: "chain")).elements("rect").count > 600)
  }
}
