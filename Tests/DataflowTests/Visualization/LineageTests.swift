import Dataflow
import Testing

@Suite struct LineageTests {
  let lineage = Lineage(drawnSteps)

  func position(_ name: String, in names: [String]) throws -> Int { try #require(names.firstIndex(of: name)) }

  @Test func `upstream is all that a step is made of, each after what it needs`() throws {
    let names = try lineage.upstream(of: "vectors")
    #expect(Set(names) == ["folder", "limit", "documents", "size", "chunks", "vectors"])
    #expect(try position("documents", in: names) < position("chunks", in: names))
    #expect(try position("folder", in: names) < position("documents", in: names))
    #expect(names.last == "vectors")
    #expect(try lineage.upstream(of: "folder") == ["folder"])
  }

  @Test func `all variants of a step count, with the input that chooses between them`() throws {
    #expect(try Set(lineage.upstream(of: "prompts")).isSuperset(of: ["generator", "model", "chunks"]))
    #expect(try lineage.downstream(of: "generator") == ["generator", "prompts", "report"])
  }

  @Test func `downstream is all that is made of a step or an input`() throws {
    let names = try lineage.downstream(of: "chunks")
    #expect(Set(names) == ["chunks", "vectors", "index", "prompts", "report"])
    #expect(names.first == "chunks")
    #expect(names.last == "report")
    #expect(try Set(lineage.downstream(of: "index", "prompts")) == ["index", "prompts", "report"])
  }

  @Test func `a path is all that lies between, and nothing where no way leads`() throws {
    #expect(try lineage.path(from: "chunks", to: "index") == ["chunks", "vectors", "index"])
    #expect(try lineage.path(from: "size", to: "vectors") == ["size", "chunks", "vectors"])
    #expect(try lineage.path(from: "index", to: "chunks") == [])
    #expect(try lineage.path(from: "index", to: "index") == ["index"])
  }

  @Test func `unknown names are reported together with the nearest ones`() throws {
    let problems: [GraphProblem] = [
      .unknownStep("chunk", nearest: "chunks"), .unknownStep("xyz", nearest: nil),
    ]
    #expect(throws: DataflowError.unknownNames(problems)) { try lineage.path(from: "chunk", to: "xyz") }
    #expect(throws: DataflowError.self) { try lineage.upstream(of: "vektors") }
    let text = "\(DataflowError.unknownNames(problems))"
    #expect(text == "there is no step 'chunk'; did you mean 'chunks'?\nthere is no step 'xyz'")
  }

  @Test func `a graph answers by itself, cycles do not trap, and long chains do not recurse`() throws {
    let circle = Lineage([drawnStep("a", needs: ["b"]), drawnStep("b", needs: ["a"])])
    #expect(try Set(circle.upstream(of: "a")) == ["a", "b"])
    let length = 20_000
    let chain = Lineage((0..<length).map { drawnStep("s\($0)", needs: $0 == 0 ? [] : ["s\($0 - 1)"]) })
    #expect(try chain.upstream(of: "s\(length - 1)").count == length)
    #expect(try chain.downstream(of: "s0").last == "s\(length - 1)")
    let graph = Graph([
      StepNode<Void>("one") { _, _ in 1 },
      StepNode<Void>("two", needs: [Need("one", Int.self)]) { _, _ in 2 },
    ])
    #expect(try graph.upstream(of: "two") == ["one", "two"])
    #expect(try graph.downstream(of: "one") == ["one", "two"])
    #expect(try graph.path(from: "one", to: "two") == ["one", "two"])
  }
}
