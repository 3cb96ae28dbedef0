extension GraphPicture {
  /// The picture in the language of Graphviz (https://graphviz.org/doc/info/lang.html), with labels in its HTML-like
  /// form, for those who have `dot` and want its layout or formats.
  public func dot(direction: LayoutDirection = .leftToRight) -> String {
    DOTWriter(picture: self, direction: direction).text
  }
}

/// Writes a picture in the language of Graphviz.
private struct DOTWriter {
  let picture: GraphPicture
  let direction: LayoutDirection

  var text: String {
    var lines = [
      "digraph \(quoted(picture.title)) {",
      "  graph [rankdir=\(direction == .leftToRight ? "LR" : "TB"), label=\(quoted(picture.title)), "
        + "labelloc=t, fontname=\"Helvetica\"];",
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#b4d8e4\", fontname=\"Helvetica\", margin=\"0.15,0.1\"];",
      "  edge [color=\"#6b7780\"];",
    ]
    let groups = picture.nodes.map(\.group).reduce(into: [String?]()) { if !$0.contains($1) { $0.append($1) } }
    for (number, group) in groups.enumerated() {
      let nodes = picture.nodes.indices.filter { picture.nodes[$0].group == group }.map(line(of:))
      guard let group else {
        lines += nodes.map { "  \($0)" }
        continue
      }
      lines.append("  subgraph cluster_\(number) {")
      lines.append("    label=\(quoted(group));")
      lines += nodes.map { "    \($0)" } + ["  }"]
    }
    for (edge, from, to) in picture.numberedEdges {
      lines.append("  \(identifier(from)) -> \(identifier(to))\(attributes(of: edge));")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// The node's id; with its number where characters had to be replaced, so that two nodes stay two.
  private func identifier(_ index: Int) -> String {
    let id = picture.nodes[index].id
    let label = labelText(id, limit: 200)
    return quoted(label == id ? id : "\(label) #\(index)")
  }

  private func line(of index: Int) -> String {
    let node = picture.nodes[index]
    var attributes = ["label=<\(label(of: node))>"]
    var styles = node.kind == .inputs ? ["dashed"] : ["rounded", "filled"]
    switch node.kind {
    case .inputs: break
    case .configuration:
      attributes += ["shape=note", "fillcolor=\"#f4f0e2\""]
      styles = ["filled"]
    case .step: break
    case .fanOut: attributes += ["peripheries=2", "fillcolor=\"#56e39f\""]
    case .collect: attributes.append("fillcolor=\"#ea5556\"")
    }
    if node.isRequested { attributes = attributes.filter { !$0.hasPrefix("fillcolor") } + ["fillcolor=\"#ffc857\""] }
    if node.isSink {
      attributes.append("shape=cylinder")
      styles = ["filled"]
    }
    if node.isOverridden { styles.append("diagonals") }
    if node.isHighlighted || node.outcome?.status == .failed { attributes += ["color=\"#d1242f\"", "penwidth=2"] }
    if node.outcome?.status == .skipped { styles.append("dashed") }
    if styles != ["rounded", "filled"] { attributes.append("style=\"\(styles.joined(separator: ","))\"") }
    return "\(identifier(index)) [\(attributes.joined(separator: ", "))];"
  }

  private func label(of node: GraphPicture.Node) -> String {
    let box = NodeBox(node)
    if node.kind == .inputs {
      let rows = box.lines.map {
        "<tr><td align=\"left\">\(escaped($0.text))</td><td align=\"left\"><i>\(escaped($0.trailing))</i></td></tr>"
      }
      return "<table border=\"0\" cellspacing=\"0\">\(rows.joined())</table>"
    }
    return box.lines.map { line in
      switch line.style {
      case .name: "<b>\(escaped(line.text))</b>"
      case .type: "<i>\(escaped(line.text))</i>"
      case .group, .outcome, .row: escaped(line.text)
      }
    }.joined(separator: "<br/>")
  }

  private func attributes(of edge: GraphPicture.Edge) -> String {
    var attributes: [String] = []
    switch edge.kind {
    case .value: break
    case .each: attributes.append("arrowhead=crow")
    case .collect: attributes += ["dir=both", "arrowtail=crow"]
    case .removed: attributes += ["style=dashed", "color=\"#b5651d\""]
    case .optional: attributes.append("style=dashed")
    case .choice: attributes += ["style=dotted", "arrowhead=none"]
    }
    if edge.isHighlighted { attributes += ["color=\"#d1242f\"", "penwidth=2"] }
    return attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
  }

  /// A quoted string, in which only the quotation mark and the backslash need an escape.
  private func quoted(_ text: String) -> String {
    let label = labelText(text, limit: 250)
    return "\"" + label.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
