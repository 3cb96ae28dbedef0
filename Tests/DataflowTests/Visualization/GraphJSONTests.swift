import Dataflow
import Foundation
import Testing

@Suite struct GraphJSONTests {
  @Test func `the JSON fits the published schema and reads back as it was`() async throws {
    let schema = try JSONSchema("graph.schema.json")
    let graph = Graph([
      StepNode<Void>("words") { _, _ in ["a"] },
      StepNode<Void>("count", needs: [Need("words", [String].self), Need("weight", Int.self, default: 1)]) { _, _ in 1
      },
    ])
    let record = try await graph.run(["count"], options: RunOptions(pipeline: "p")).record
    var pictures = [
      try GraphPicture(graph, title: "p", record: record),
      try GraphPicture(drawnSteps, title: "twin", requested: ["report"], overrides: ["chunks"]),
      try GraphPicture(hostileNames.map { drawnStep($0) }, title: hostileNames[0]),
      GraphPicture(title: "nothing"),
    ]
    pictures[0].nodes[0].group = "module"
    pictures[0].nodes[0].documentation = "What it does."
    for picture in pictures {
      #expect(try schema.problems(in: picture.json()) == [])
      #expect(try JSONDecoder().decode(GraphPicture.self, from: picture.json()) == picture)
    }
  }

  @Test func `the schema knows every kind`() throws {
    let schema = try JSONSchema("graph.schema.json")
    var picture = GraphPicture(title: "all")
    for kind in GraphPicture.Node.Kind.allCases {
      picture.nodes.append(.init(id: kind.rawValue, name: kind.rawValue, kind: kind))
    }
    for kind in GraphPicture.Edge.Kind.allCases { picture.edges.append(.init(from: "step", to: "step", kind: kind)) }
    for status in StepStatus.allCases {
      picture.nodes[0].outcome = .init(status: status, seconds: 1, items: ItemCounts())
      #expect(try schema.problems(in: picture.json()) == [])
    }
    for status in RunStatus.allCases {
      picture.runStatus = status
      #expect(try schema.problems(in: picture.json()) == [])
    }
    #expect(try !schema.problems(in: Data(#"{"title": 1}"#.utf8)).isEmpty)
  }
}
