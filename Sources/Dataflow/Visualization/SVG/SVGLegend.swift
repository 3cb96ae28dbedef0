/// Explains the kinds of nodes and edges that a picture holds, and no others.
struct SVGLegend {
  /// What an entry shows.
  enum Sample {
    case node(GraphPicture.Node)
    case edge(GraphPicture.Edge)
    case mark(StepStatus)
  }

  /// A sample with its meaning.
  struct Entry {
    let sample: Sample
    let text: String

    var width: Double { Self.sampleWidth + 8 + textWidth(text, size: 11) + 18 }
    static let sampleWidth = 26.0
  }

  private static let rowHeight = 22.0
  private static let distance = 24.0
  private let entries: [Entry]

  init(_ picture: GraphPicture) {
    entries = Self.nodeEntries(picture.nodes) + Self.edgeEntries(picture.edges) + Self.outcomeEntries(picture.nodes)
  }

  /// The width below which the legend would become a tower.
  var leastWidth: Double { max(entries.map(\.width).max() ?? 0, min(420, entries.reduce(0) { $0 + $1.width })) }

  /// The entries in rows that fit a width.
  func rows(in width: Double) -> [[Entry]] {
    var rows: [[Entry]] = []
    var used = Double.infinity
    for entry in entries {
      if used + entry.width > width + 18 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width
    }
    return rows
  }

  /// What rows cover, with the distance from the graph.
  static func height(of rows: [[Entry]]) -> Double {
    rows.isEmpty ? 0 : Double(rows.count) * rowHeight + distance
  }

  static func write(_ rows: [[Entry]], to markup: inout Markup) {
    for (index, row) in rows.enumerated() {
      let top = distance + Double(index) * rowHeight
      var left = 0.0
      for entry in row {
        markup.element("g", [("transform", "translate(\(pixels(left)) \(pixels(top)))")]) { entry.write(to: &$0) }
        left += entry.width
      }
    }
  }

  private static func nodeEntries(_ nodes: [GraphPicture.Node]) -> [Entry] {
    var entries: [Entry] = []
    func add(_ text: String, _ kind: GraphPicture.Node.Kind, _ change: (inout GraphPicture.Node) -> Void = { _ in }) {
      var node = GraphPicture.Node(id: "", name: "", kind: kind)
      change(&node)
      entries.append(Entry(sample: .node(node), text: text))
    }
    let kinds = Set(nodes.map(\.kind))
    if kinds.contains(.inputs) { add("inputs", .inputs) }
    if kinds.contains(.configuration) { add("chooses a variant", .configuration) }
    if nodes.contains(where: { $0.kind == .step && !$0.isRequested && !$0.isSink }) { add("step", .step) }
    if kinds.contains(.fanOut) { add("step for each item", .fanOut) }
    if kinds.contains(.collect) { add("collects the items", .collect) }
    if nodes.contains(where: \.isRequested) { add("asked for", .step) { $0.isRequested = true } }
    if nodes.contains(where: \.isSink) { add("writes to a store", .step) { $0.isSink = true } }
    if nodes.contains(where: \.isOverridden) { add("value given in its place", .step) { $0.isOverridden = true } }
    return entries
  }

  private static func edgeEntries(_ edges: [GraphPicture.Edge]) -> [Entry] {
    let kinds = Set(edges.map(\.kind))
    var entries = GraphPicture.Edge.Kind.allCases.filter { kinds.contains($0) && $0 != .value }.map { kind in
      let text =
        switch kind {
        case .value: "value"
        case .each: "item by item"
        case .collect: "all items"
        case .removed: "items that are gone"
        case .optional: "may be left out"
        case .choice: "choice"
        }
      return Entry(sample: .edge(.init(from: "", to: "", kind: kind)), text: text)
    }
    if edges.contains(where: \.isHighlighted) {
      entries.append(Entry(sample: .edge(.init(from: "", to: "", isHighlighted: true)), text: "path"))
    }
    return entries
  }

  private static func outcomeEntries(_ nodes: [GraphPicture.Node]) -> [Entry] {
    let found = Set(nodes.compactMap { $0.outcome?.status })
    return StepStatus.allCases.filter(found.contains).map { Entry(sample: .mark($0), text: $0.rawValue) }
  }
}

extension SVGLegend.Entry {
  fileprivate func write(to markup: inout Markup) {
    switch sample {
    case .node(let node):
      markup.element("g", [("class", SVGNode.classes(of: node))]) {
        SVGNode.writeShape(of: node, Extent(width: Self.sampleWidth, height: 16), to: &$0)
      }
    case .edge(let edge):
      let route = [Point(x: 0, y: 8), Point(x: Self.sampleWidth, y: 8)]
      SVGEdge(edge: edge, route: route, direction: .leftToRight).write(to: &markup)
    case .mark(let status):
      markup.empty("circle", [("class", "mark \(status.rawValue)"), ("cx", "21"), ("cy", "8"), ("r", "4")])
    }
    markup.element("text", [("x", pixels(Self.sampleWidth + 8)), ("y", "12")], text: text)
  }
}
