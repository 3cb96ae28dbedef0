/// Draws one edge: curves from layer to layer, straight lines within one.
struct SVGEdge {
  let edge: GraphPicture.Edge
  let route: [Point]
  let direction: LayoutDirection

  func write(to markup: inout Markup) {
    var attributes: [Markup.Attribute] = [("class", classes), ("d", path)]
    attributes += Self.markers(of: edge)
    markup.empty("path", attributes)
  }

  /// The ends of a line: an arrow where something arrives; three toes, as in entity-relationship diagrams, where there
  /// are many of one.
  static func markers(of edge: GraphPicture.Edge) -> [Markup.Attribute] {
    if edge.kind == .choice { return edge.isHighlighted ? [("marker-end", "url(#arrow-path)")] : [] }
    let suffix = edge.isHighlighted ? "-path" : edge.kind == .removed ? "-removed" : ""
    let end: Markup.Attribute = ("marker-end", "url(#\(edge.kind == .each ? "toes" : "arrow")\(suffix))")
    return edge.kind == .collect ? [("marker-start", "url(#toes\(suffix))"), end] : [end]
  }

  private var classes: String {
    "edge \(edge.kind.rawValue)" + (edge.isHighlighted ? " path" : "")
  }

  private var path: String {
    guard let first = route.first else { return "" }
    var path = "M\(text(first))"
    var last = first
    for (index, point) in route.enumerated().dropFirst() where point != last {
      // The route alternates: within the source's layer, across to the next one, within that, …
      let isCurve = index.isMultiple(of: 2) && !isStraight(last, point)
      path += isCurve ? curve(last, point) : "L\(text(point))"
      last = point
    }
    return path
  }

  /// A cubic curve that leaves and arrives in the direction of the drawing.
  private func curve(_ start: Point, _ end: Point) -> String {
    switch direction {
    case .leftToRight:
      let middle = (start.x + end.x) / 2
      return "C\(text(Point(x: middle, y: start.y))) \(text(Point(x: middle, y: end.y))) \(text(end))"
    case .topDown:
      let middle = (start.y + end.y) / 2
      return "C\(text(Point(x: start.x, y: middle))) \(text(Point(x: end.x, y: middle))) \(text(end))"
    }
  }

  private func isStraight(_ start: Point, _ end: Point) -> Bool {
    abs(direction == .leftToRight ? start.y - end.y : start.x - end.x) < 0.05
  }

  private func text(_ point: Point) -> String { "\(pixels(point.x)),\(pixels(point.y))" }
}
