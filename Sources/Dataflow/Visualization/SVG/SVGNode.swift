/// Draws one node: its shape by its kind, and its lines of text.
struct SVGNode {
  let node: GraphPicture.Node
  let box: NodeBox
  let centre: Point

  func write(to markup: inout Markup) {
    let (width, height) = (box.extent.width, box.extent.height)
    let place = "translate(\(pixels(centre.x - width / 2)) \(pixels(centre.y - height / 2)))"
    markup.element("g", [("class", Self.classes(of: node)), ("transform", place)]) { markup in
      markup.element("title", text: tooltip)
      Self.writeShape(of: node, box.extent, to: &markup)
      for (index, line) in box.lines.enumerated() { write(line, at: index, to: &markup) }
    }
  }

  /// The classes by which the style sheet colours a node.
  static func classes(of node: GraphPicture.Node) -> String {
    var classes = "node \(node.kind.rawValue)"
    if node.isRequested { classes += " output" }
    if node.isHighlighted { classes += " path" }
    if let status = node.outcome?.status { classes += " \(status.rawValue)" }
    return classes
  }

  /// Draws the outline, from the origin.
  static func writeShape(of node: GraphPicture.Node, _ extent: Extent, to markup: inout Markup) {
    let (width, height) = (extent.width, extent.height)
    let corner = min(8, height / 5)
    func rectangle(_ name: String, inset: Double = 0, radius: Double) {
      markup.empty(
        "rect",
        [
          ("class", name), ("x", pixels(inset)), ("y", pixels(inset)), ("width", pixels(width - 2 * inset)),
          ("height", pixels(height - 2 * inset)), ("rx", pixels(radius)),
        ])
    }
    if node.kind == .configuration {
      let (w, h) = (pixels(width), pixels(height))
      markup.empty("path", [("class", "shape"), ("d", "M0,0H\(pixels(width - 11))L\(w),11V\(h)H0Z")])
      markup.empty("path", [("class", "line"), ("d", "M\(pixels(width - 11)),0V11H\(w)")])
    } else if node.isSink {
      let (w, h) = (pixels(width), pixels(height - 6))
      let radii = "\(pixels(width / 2)),6"
      markup.empty("path", [("class", "shape"), ("d", "M0,6A\(radii) 0 0 1 \(w),6V\(h)A\(radii) 0 0 1 0,\(h)Z")])
      markup.empty("path", [("class", "line"), ("d", "M0,6A\(radii) 0 0 0 \(w),6")])
    } else {
      rectangle("shape", radius: node.kind == .inputs ? corner / 2 : corner)
      if node.kind == .fanOut { rectangle("line", inset: 3, radius: corner - 2) }
    }
    if node.isOverridden { rectangle("override", radius: corner) }
  }

  private func write(_ line: NodeBox.Line, at index: Int, to markup: inout Markup) {
    let left = NodeBox.padding.width
    let top = NodeBox.padding.height + (node.isSink ? 10 : 0) + Double(index) * NodeBox.lineHeight
    let baseline = pixels(top + 12.5)
    var start = left
    if let status = line.status {
      let mark: [Markup.Attribute] = [
        ("class", "mark \(status.rawValue)"), ("cx", pixels(left + 4)), ("cy", pixels(top + 8.5)), ("r", "4"),
      ]
      markup.empty("circle", mark)
      start += 12
    }
    markup.element("text", [("class", "\(line.style)"), ("x", pixels(start)), ("y", baseline)], text: line.text)
    if !line.trailing.isEmpty {
      let end = pixels(box.extent.width - left)
      markup.element("text", [("class", "row type end"), ("x", end), ("y", baseline)], text: line.trailing)
    }
  }

  private var tooltip: String {
    var lines = [node.type.isEmpty ? node.label : "\(node.label): \(node.type)"]
    if let documentation = node.documentation { lines.append(documentation) }
    for row in node.rows where node.kind == .inputs {
      lines.append("\(row.name): \(row.type)\(row.isOptional ? " (optional)" : "")")
    }
    if node.kind == .fanOut {
      lines.append("once for each item" + (node.concurrency.map { ", at most \($0) at once" } ?? ""))
    }
    if node.isOverridden { lines.append("a value is given in its place") }
    if let outcome = node.outcome {
      lines.append("\(outcome.status.rawValue) in \(durationText(outcome.seconds)): \(outcome.items.text)")
    }
    return lines.map { labelText($0, limit: 500) }.joined(separator: "\n")
  }
}
