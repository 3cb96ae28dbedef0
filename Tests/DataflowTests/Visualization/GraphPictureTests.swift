import Dataflow
import Testing

@Suite struct GraphPictureTests {
  func node(_ id: String, in picture: GraphPicture) throws -> GraphPicture.Node {
    try #require(picture.nodes.first { $0.id == id }, "no node \(id) among \(picture.nodes.map(\.id))")
  }

  func edge(_ from: String, _ to: String, in picture: GraphPicture) throws -> GraphPicture.Edge {
    try #require(picture.edges.first { $0.from == from && $0.to == to })
  }

  @Test func `steps are of the kind that their needs and fans make them`() throws {
    let picture = try GraphPicture(drawnSteps, title: "twin", requested: ["report"])
    #expect(try node("documents", in: picture).kind == .step)
    #expect(try node("chunks", in: picture).kind == .fanOut)
    #expect(try node("chunks", in: picture).concurrency == 8)
    #expect(try node("index", in: picture).kind == .collect)
    #expect(try node("documents", in: picture).type == "[String]")
    #expect(picture.nodes.filter(\.isRequested).map(\.id) == ["report"])
    #expect(try edge("documents", "chunks", in: picture).kind == .each)
    #expect(try edge("vectors", "index", in: picture).kind == .collect)
    #expect(try edge("documents", "index", in: picture).kind == .value)
  }

  @Test func `all inputs of a step stand in one table`() throws {
    let picture = try GraphPicture(drawnSteps, title: "twin")
    let inputs = try node("_documents_inputs", in: picture)
    #expect(inputs.kind == .inputs)
    #expect(
      inputs.rows == [
        .init(name: "folder", type: "[String]"), .init(name: "limit", type: "[String]", isOptional: true),
      ])
    #expect(try edge("_documents_inputs", "documents", in: picture).kind == .value)
    #expect(try edge("_chunks_inputs", "chunks", in: picture).kind == .optional)
  }

  @Test func `every variant is drawn until one is chosen`() throws {
    let all = try GraphPicture(drawnSteps, title: "twin")
    #expect(try node("prompts: generator = model", in: all).variant == "generator = model")
    #expect(try edge("prompts: generator = extractive", "report", in: all).kind == .value)
    let note = try node("_generator_configuration", in: all)
    #expect(note.kind == .configuration)
    #expect(note.rows.map(\.name) == ["extractive", "model"])
    #expect(try edge(note.id, "prompts: generator = model", in: all).kind == .choice)

    let chosen = try GraphPicture(drawnSteps, title: "twin", choices: ["generator": "extractive"])
    #expect(try node("prompts", in: chosen).variant == "generator = extractive")
    #expect(!chosen.nodes.contains { $0.id == "_prompts_inputs" })
  }

  @Test func `an overridden step is drawn without what it needs`() throws {
    let picture = try GraphPicture(drawnSteps, title: "twin", overrides: ["chunks"])
    #expect(try node("chunks", in: picture).isOverridden)
    #expect(!picture.edges.contains { $0.to == "chunks" })
    #expect(picture.edges.contains { $0.from == "chunks" })
  }

  @Test func `a selection draws a part, and a path is picked out`() throws {
    func steps(_ selection: GraphSelection) throws -> Set<String> {
      let picture = try GraphPicture(drawnSteps, title: "twin", selection: selection)
      return Set(picture.nodes.filter { $0.kind != .inputs && $0.kind != .configuration }.map(\.name))
    }
    #expect(try steps(.upstream(of: ["vectors"])) == ["documents", "chunks", "vectors"])
    #expect(try steps(.downstream(of: ["index"])) == ["index", "report"])
    #expect(try steps(.path(from: "chunks", to: "index")) == ["documents", "chunks", "vectors", "index"])
    let path = try GraphPicture(drawnSteps, title: "twin", selection: .path(from: "chunks", to: "index"))
    #expect(path.nodes.filter(\.isHighlighted).map(\.id) == ["chunks", "vectors", "index"])
    #expect(path.edges.filter(\.isHighlighted).map(\.from) == ["chunks", "vectors"])
    let fromInput = try GraphPicture(drawnSteps, title: "twin", selection: .path(from: "size", to: "chunks"))
    #expect(fromInput.nodes.filter(\.isHighlighted).map(\.id) == ["_chunks_inputs", "chunks"])
  }

  @Test func `unknown names are errors with the nearest ones`() {
    let unknown = DataflowError.unknownNames([.unknownStep("vector", nearest: "vectors")])
    #expect(throws: unknown) { try GraphPicture(drawnSteps, title: "", requested: ["vector"]) }
    #expect(throws: unknown) { try GraphPicture(drawnSteps, title: "", overrides: ["vector"]) }
    #expect(throws: unknown) { try GraphPicture(drawnSteps, title: "", selection: .upstream(of: ["vector"])) }
  }

  @Test func `steps of the same name and condition stay two nodes`() throws {
    let picture = try GraphPicture([drawnStep("a"), drawnStep("a")], title: "twin")
    #expect(picture.nodes.map(\.id) == ["a", "a #2"])
  }

  @Test func `the outcome of a run is shown with the variant that ran`() async throws {
    let graph = Graph([
      StepNode<Void>("words", needs: [Need("text", String.self)]) { _, _ in ["a", "b"] },
      StepNode<Void>("stored", needs: [Need("words", [String].self)]) { _, _ in
        StepContext.current.record(uri: "sqlite:twin.sqlite")
        return 2
      },
      StepNode<Void>("aside") { _, _ in 1 },
    ])
    let record = try await graph.run(["stored"], inputs: ["text": "a b"], options: RunOptions(pipeline: "p")).record
    let picture = try GraphPicture(graph, title: "p", record: record)
    #expect(picture.runID == record.runID)
    #expect(picture.runStatus == .succeeded)
    #expect(try node("words", in: picture).outcome?.items.out == 2)
    #expect(try node("words", in: picture).outcome?.status == .computed)
    #expect(try node("aside", in: picture).outcome == nil)
    #expect(try node("stored", in: picture).isSink)
    #expect(try node("stored", in: picture).isRequested)

    var chosen = record
    chosen.inputs = ["generator": "model"]
    let variants = try GraphPicture(drawnSteps, title: "p", record: chosen)
    #expect(variants.nodes.filter { $0.name == "prompts" }.map(\.variant) == ["generator = model"])
  }
}
