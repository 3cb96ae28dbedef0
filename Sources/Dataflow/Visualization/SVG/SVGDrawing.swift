/// Draws a picture: lays it out, and writes the nodes over the edges, with a legend below.
struct SVGDrawing {
  private static let margin = 16.0
  private static let titleHeight = 30.0

  let picture: GraphPicture
  private let direction: LayoutDirection
  private let boxes: [NodeBox]
  private let layout: LayeredLayout
  private let edges: [(edge: GraphPicture.Edge, from: Int, to: Int)]

  init(_ picture: GraphPicture, direction: LayoutDirection) {
    self.picture = picture
    self.direction = direction
    boxes = picture.nodes.map { NodeBox($0) }
    edges = picture.numberedEdges
    layout = LayeredLayout(
      sizes: boxes.map(\.extent), edges: edges.map { ($0.from, $0.to) }, direction: direction)
  }

  /// How wide the graph is.
  var width: Double { layout.extent.width + 2 * Self.margin }

  /// Writes the `svg` element.
  ///
  /// - Parameter isAlone: whether it is a file of its own, with a style sheet, a ground and a title that is drawn.
  func write(to markup: inout Markup, isAlone: Bool) {
    let legend = SVGLegend(picture)
    let top = Self.margin + (isAlone ? Self.titleHeight : 0)
    let inner = max(layout.extent.width, legend.leastWidth, isAlone ? textWidth(headline, size: 15, isBold: true) : 0)
    let rows = legend.rows(in: inner)
    let width = inner + 2 * Self.margin
    let height = top + layout.extent.height + SVGLegend.height(of: rows) + Self.margin
    let attributes: [Markup.Attribute] = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("class", "dataflow"), ("role", "img"),
      ("aria-labelledby", "dataflow-title dataflow-description"),
      ("width", pixels(width)), ("height", pixels(height)), ("viewBox", "0 0 \(pixels(width)) \(pixels(height))"),
    ]
    markup.element("svg", attributes) { markup in
      markup.element("title", [("id", "dataflow-title")], text: headline)
      markup.element("desc", [("id", "dataflow-description")], text: summary)
      if isAlone { markup.element("style") { $0.write(verbatim: SVGStyle.sheet) } }
      SVGStyle.writeDefinitions(to: &markup)
      if isAlone {
        markup.empty("rect", [("class", "ground"), ("width", pixels(width)), ("height", pixels(height))])
        let place: [Markup.Attribute] = [("class", "title"), ("x", pixels(Self.margin)), ("y", "30")]
        markup.element("text", place, text: headline)
      }
      markup.element("g", [("transform", "translate(\(pixels(Self.margin)) \(pixels(top)))")]) { markup in
        writeEdges(to: &markup)
        for (node, (box, centre)) in zip(picture.nodes, zip(boxes, layout.centres)) {
          markup.breakLine()
          SVGNode(node: node, box: box, centre: centre).write(to: &markup)
        }
      }
      let place = "translate(\(pixels(Self.margin)) \(pixels(top + layout.extent.height)))"
      markup.element("g", [("class", "legend"), ("transform", place)]) { SVGLegend.write(rows, to: &$0) }
    }
  }

  private var headline: String {
    let status = picture.runStatus.map { " · \($0.rawValue)" } ?? ""
    return labelText(picture.title) + (picture.runID.map { " · run \(labelText($0))\(status)" } ?? "")
  }

  private var summary: String {
    let steps = picture.nodes.filter { $0.kind != .inputs && $0.kind != .configuration }.count
    return "A dataflow graph of \(steps) steps and \(edges.count) edges."
  }

  private func writeEdges(to markup: inout Markup) {
    // What is picked out is drawn last, over the rest.
    let ordered = edges.indices.sorted { left, right in
      let (first, second) = (edges[left].edge.isHighlighted, edges[right].edge.isHighlighted)
      return first == second ? left < right : second
    }
    for index in ordered where !layout.routes[index].isEmpty {
      markup.breakLine()
      SVGEdge(edge: edges[index].edge, route: layout.routes[index], direction: direction).write(to: &markup)
    }
  }
}

/// A coordinate with a tenth of a pixel.
func pixels(_ value: Double) -> String { decimalText(value, digits: 1) }
