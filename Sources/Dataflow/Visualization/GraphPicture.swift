/// A dataflow graph as it is drawn: nodes and edges as plain values, without the engine that runs them.
///
/// Make one of steps with ``init(_:title:requested:overrides:choices:selection:record:)``, or by hand; then write it with
/// ``svg(direction:)``, ``dot(direction:)``, ``mermaid(direction:)`` or ``json()``. Names may hold anything: every
/// writer escapes them for its format.
///
/// Its JSON is described by `docs/schemas/graph.schema.json`.
public struct GraphPicture: Codable, Sendable, Hashable {
  /// The version of the JSON's shape.
  public static let currentSchemaVersion = 1

  /// The version of the shape that this picture has.
  public var schemaVersion = Self.currentSchemaVersion
  /// What is drawn, such as the name of the pipeline.
  public var title: String
  /// The id of the run whose outcome the nodes show; nil if the graph alone is drawn.
  public var runID: String?
  /// How that run went.
  public var runStatus: RunStatus?
  /// The nodes, each with an id of its own.
  public var nodes: [Node]
  /// The edges; those whose ends are not among the nodes are not drawn.
  public var edges: [Edge]

  /// A picture of nodes and edges.
  public init(
    title: String, runID: String? = nil, runStatus: RunStatus? = nil, nodes: [Node] = [], edges: [Edge] = []
  ) {
    self.title = title
    self.runID = runID
    self.runStatus = runStatus
    self.nodes = nodes
    self.edges = edges
  }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case title
    case runID = "run_id"
    case runStatus = "run_status"
    case nodes, edges
  }

  /// The edges whose two ends are drawn, as indices of nodes. Of nodes with the same id the first one counts.
  var numberedEdges: [(edge: Edge, from: Int, to: Int)] {
    let numbers = Dictionary(nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return edges.compactMap { edge in
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { return nil }
      return (edge, from, to)
    }
  }
}
