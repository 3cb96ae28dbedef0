extension GraphPicture {
  /// The picture as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), for Markdown.
  public func mermaid(direction: LayoutDirection = .leftToRight) -> String {
    MermaidWriter(picture: self, direction: direction).text
  }
}

/// Writes a picture as a Mermaid flowchart.
///
/// The nodes are called `n0`, `n1`, … since a name such as `end` would be a word of the language.
private struct MermaidWriter {
  let picture: GraphPicture
  let direction: LayoutDirection

  var text: String {
    var lines = ["flowchart \(direction == .leftToRight ? "LR" : "TB")"]
    let groups = picture.nodes.map(\.group).reduce(into: [String?]()) { if !$0.contains($1) { $0.append($1) } }
    for (number, group) in groups.enumerated() {
      let nodes = picture.nodes.indices.filter { picture.nodes[$0].group == group }.map(line(of:))
      guard let group else {
        lines += nodes.map { "  \($0)" }
        continue
      }
      lines.append("  subgraph g\(number) [\(quoted(group))]")
      lines += nodes.map { "    \($0)" } + ["  end"]
    }
    let edges = picture.numberedEdges
    for (edge, from, to) in edges { lines.append("  n\(from) \(Self.arrow(edge.kind)) n\(to)") }
    let path = edges.indices.filter { edges[$0].edge.isHighlighted }.map(String.init)
    if !path.isEmpty {
      lines.append("  linkStyle \(path.joined(separator: ",")) stroke:#d1242f,stroke-width:3px")
    }
    return (lines + classLines + [""]).joined(separator: "\n")
  }

  private static let styles = [
    ("inputs", "fill:none,stroke:#6b7780,stroke-dasharray:4 3"),
    ("configuration", "fill:#f4f0e2,stroke:#8a8060,color:#1b2a31"),
    ("step", "fill:#b4d8e4,stroke:#4f8699,color:#1b2a31"),
    ("fanOut", "fill:#56e39f,stroke:#168a54,color:#1b2a31"),
    ("collect", "fill:#ea5556,stroke:#9c2022,color:#1c0405"),
    ("output", "fill:#ffc857,stroke:#a87514,color:#2a1d02"),
    ("override", "fill:#dde3e6,stroke:#1b2a31,stroke-dasharray:2 2,color:#1b2a31"),
    ("path", "stroke:#d1242f,stroke-width:3px"),
    ("failed", "stroke:#c1121f,stroke-width:4px"),
    ("skipped", "opacity:0.5"),
  ]

  private var classLines: [String] {
    let used = Set(picture.nodes.flatMap(classes))
    return Self.styles.filter { used.contains($0.0) }.flatMap { name, style in
      let nodes = picture.nodes.indices.filter { classes(of: picture.nodes[$0]).contains(name) }.map { "n\($0)" }
      return ["  classDef \(name) \(style)", "  class \(nodes.joined(separator: ",")) \(name)"]
    }
  }

  private func classes(of node: GraphPicture.Node) -> [String] {
    var classes: [String] =
      switch node.kind {
      case .inputs: ["inputs"]
      case .configuration: ["configuration"]
      case .step: ["step"]
      case .fanOut: ["fanOut"]
      case .collect: ["collect"]
      }
    if node.isRequested { classes = ["output"] }
    if node.isOverridden { classes = ["override"] }
    if node.isHighlighted { classes.append("path") }
    if node.outcome?.status == .failed { classes.append("failed") }
    if node.outcome?.status == .skipped { classes.append("skipped") }
    return classes
  }

  private func line(of index: Int) -> String {
    let node = picture.nodes[index]
    let lines = NodeBox(node).lines.map { line in
      let text = Self.escapedText(line.text)
      return switch line.style {
      case .name: "<b>\(text)</b>"
      case .type: "<i>\(text)</i>"
      case .row: "\(text) <i>\(Self.escapedText(line.trailing))</i>"
      case .group, .outcome: text
      }
    }
    let label = "\"\(lines.joined(separator: "<br/>"))\""
    let shape =
      switch node.kind {
      case _ where node.isSink: "[(\(label))]"
      case .inputs: "[\(label)]"
      case .configuration: ">\(label)]"
      case .step: "(\(label))"
      case .fanOut: "[[\(label)]]"
      case .collect: "[/\(label)\\]"
      }
    return "n\(index)\(shape)"
  }

  private static func arrow(_ kind: GraphPicture.Edge.Kind) -> String {
    switch kind {
    case .value: "-->"
    case .each: "-->|each|"
    case .collect: "-->|collect|"
    case .removed: "-.->|removed|"
    case .optional: "-.->"
    case .choice: "-.-"
    }
  }

  private func quoted(_ text: String) -> String { "\"\(Self.escapedText(labelText(text)))\"" }

  /// Text within quotation marks: whatever could end it, begin an entity, be HTML or be Markdown is written as the code
  /// of its character.
  private static func escapedText(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "#", "&", "<", ">", "`", "\\", "*", "%", ";": escaped += "#\(scalar.value);"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
