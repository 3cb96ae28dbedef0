/// The lines of text in a node, and how large a box they need.
struct NodeBox {
  /// How a line is set.
  enum Style {
    case group, name, type, outcome, row
  }

  /// One line of text.
  struct Line {
    let style: Style
    let text: String
    /// What stands at the right end of a row.
    var trailing = ""
    /// Of an outcome, how the step went.
    var status: StepStatus?
  }

  static let lineHeight = 17.0
  static let padding = Extent(width: 14, height: 9)

  let lines: [Line]
  let extent: Extent

  init(_ node: GraphPicture.Node) {
    var lines: [Line] = []
    if let group = node.group { lines.append(Line(style: .group, text: labelText(group))) }
    if node.kind == .inputs {
      lines += node.rows.map { row in
        let type = labelText(row.type) + (row.isOptional ? " (optional)" : "")
        return Line(style: .row, text: labelText(row.name), trailing: type)
      }
    } else {
      lines.append(Line(style: .name, text: labelText(node.label)))
      if node.kind == .configuration {
        lines.append(Line(style: .type, text: labelText(node.rows.map(\.name).joined(separator: " | "))))
      } else if !node.type.isEmpty {
        lines.append(Line(style: .type, text: labelText(node.type)))
      }
    }
    if let outcome = node.outcome {
      let time = outcome.status == .skipped ? "" : " · \(durationText(outcome.seconds))"
      lines.append(Line(style: .outcome, text: outcome.status.rawValue + time, status: outcome.status))
      if outcome.status != .skipped { lines.append(Line(style: .outcome, text: outcome.items.text)) }
    }
    self.lines = lines
    let width = lines.map(\.width).max() ?? 0
    extent = Extent(
      width: max(64, width + 2 * Self.padding.width + (node.kind == .configuration ? 8 : 0)),
      height: Double(lines.count) * Self.lineHeight + 2 * Self.padding.height + (node.isSink ? 12 : 0))
  }
}

extension NodeBox.Line {
  /// The size of the letters.
  var size: Double {
    switch style {
    case .name: 13
    case .type, .row: 12
    case .group, .outcome: 11
    }
  }

  fileprivate var width: Double {
    let gap = trailing.isEmpty ? 0 : 18.0
    return textWidth(text, size: size, isBold: style == .name) + gap + textWidth(trailing, size: size)
      + (status == nil ? 0 : 12)
  }
}
