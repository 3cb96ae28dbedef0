/// How drawings look. The colours of the kinds are those of Hamilton's legend.
///
/// The sheet uses plain rules and no variables, so that programs other than browsers show the drawing, too.
enum SVGStyle {
  static let sheet: StaticString = """

    svg.dataflow { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
    .dataflow .ground { fill: #ffffff; }
    .dataflow text { font-size: 12px; fill: #1b2a31; }
    .dataflow text.title { font-size: 15px; font-weight: bold; }
    .dataflow text.name { font-size: 13px; font-weight: bold; }
    .dataflow text.type { font-style: italic; fill-opacity: 0.75; }
    .dataflow text.end { text-anchor: end; }
    .dataflow text.group, .dataflow text.outcome, .dataflow .legend text { font-size: 11px; }
    .dataflow text.group { fill-opacity: 0.7; letter-spacing: 0.06em; }
    .dataflow .legend text { fill: #46535a; }
    .dataflow .shape { fill: #b4d8e4; stroke: #4f8699; stroke-width: 1.2; }
    .dataflow .line { fill: none; stroke: #4f8699; stroke-width: 1; }
    .dataflow .inputs .shape { fill: #ffffff; stroke: #6b7780; stroke-dasharray: 4 3; }
    .dataflow .configuration .shape { fill: #f4f0e2; stroke: #8a8060; }
    .dataflow .configuration .line { stroke: #8a8060; }
    .dataflow .fan_out .shape { fill: #56e39f; stroke: #168a54; }
    .dataflow .fan_out .line { stroke: #168a54; }
    .dataflow .collect .shape { fill: #ea5556; stroke: #9c2022; }
    .dataflow .collect text { fill: #1c0405; }
    .dataflow .output .shape { fill: #ffc857; stroke: #a87514; }
    .dataflow .output.fan_out .shape, .dataflow .output.fan_out .line { stroke: #168a54; stroke-width: 1.6; }
    .dataflow .output.collect .shape { stroke: #d02a2c; stroke-width: 2.4; }
    .dataflow .output .line { stroke: #a87514; }
    .dataflow .output text { fill: #2a1d02; }
    .dataflow .override { fill: url(#diagonals); stroke: none; }
    .dataflow .diagonal { stroke: #1b2a31; stroke-opacity: 0.35; stroke-width: 1.4; }
    .dataflow .node.skipped { opacity: 0.5; }
    .dataflow .node.failed .shape { stroke: #c1121f; stroke-width: 3; stroke-dasharray: 9 3; }
    .dataflow .node.path .shape { stroke: #d1242f; stroke-width: 2.4; }
    .dataflow .mark { stroke: #ffffff; stroke-width: 1; }
    .dataflow .mark.computed { fill: #157f3c; }
    .dataflow .mark.cached { fill: #1f6feb; }
    .dataflow .mark.skipped { fill: #7d8790; }
    .dataflow .mark.failed { fill: #c1121f; }
    .dataflow .edge { fill: none; stroke: #6b7780; stroke-width: 1.3; }
    .dataflow .edge.optional { stroke-dasharray: 5 4; }
    .dataflow .edge.choice { stroke-dasharray: 1.5 3; stroke: #8a8060; }
    .dataflow .edge.removed { stroke: #b5651d; stroke-dasharray: 7 3 1.5 3; }
    .dataflow .edge.path { stroke: #d1242f; stroke-width: 2.4; }
    .dataflow .head { fill: #6b7780; }
    .dataflow .toes { fill: none; stroke: #6b7780; stroke-width: 1.3; }
    .dataflow .head.removed { fill: #b5651d; }
    .dataflow .head.path { fill: #d1242f; }
    .dataflow .toes.path { stroke: #d1242f; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      .dataflow .ground { fill: #12181c; }
      .dataflow text { fill: #e6eef1; }
      .dataflow .legend text { fill: #a9b7be; }
      .dataflow .shape { fill: #24505f; stroke: #7fb4c6; }
      .dataflow .line { stroke: #7fb4c6; }
      .dataflow .inputs .shape { fill: #171e23; stroke: #8b98a1; }
      .dataflow .configuration .shape { fill: #38331f; stroke: #b5a876; }
      .dataflow .configuration .line { stroke: #b5a876; }
      .dataflow .fan_out .shape { fill: #11613c; stroke: #56e39f; }
      .dataflow .fan_out .line { stroke: #56e39f; }
      .dataflow .collect .shape { fill: #8a2728; stroke: #f08a8b; }
      .dataflow .collect text { fill: #fff1f1; }
      .dataflow .output .shape { fill: #6f5110; stroke: #ffc857; }
      .dataflow .output .line { stroke: #ffc857; }
      .dataflow .output.fan_out .shape, .dataflow .output.fan_out .line { stroke: #56e39f; }
      .dataflow .output.collect .shape { stroke: #f08a8b; }
      .dataflow .output text { fill: #fff6e0; }
      .dataflow .diagonal { stroke: #e6eef1; }
      .dataflow .mark { stroke: #12181c; }
      .dataflow .mark.computed { fill: #4ade80; }
      .dataflow .mark.cached { fill: #79b8ff; }
      .dataflow .mark.failed { fill: #ff7b72; }
      .dataflow .node.failed .shape { stroke: #ff7b72; }
      .dataflow .node.path .shape { stroke: #ff7b72; }
      .dataflow .edge { stroke: #8b98a1; }
      .dataflow .edge.choice { stroke: #b5a876; }
      .dataflow .edge.removed { stroke: #e09a5a; }
      .dataflow .edge.path { stroke: #ff7b72; }
      .dataflow .head { fill: #8b98a1; }
      .dataflow .toes { stroke: #8b98a1; }
      .dataflow .head.removed { fill: #e09a5a; }
      .dataflow .head.path { fill: #ff7b72; }
      .dataflow .toes.path { stroke: #ff7b72; }
    }

    """

  /// The ends of edges, and the hatching of overrides.
  static func writeDefinitions(to markup: inout Markup) {
    markup.element("defs") { markup in
      for (suffix, kind) in [("", ""), ("-path", " path"), ("-removed", " removed")] {
        writeMarker("arrow\(suffix)", "head\(kind)", "M0,0L9,4.5L0,9Z", reference: "8", to: &markup)
        writeMarker("toes\(suffix)", "toes\(kind)", "M9,0.7L1,4.5L9,8.3M1,4.5H9", reference: "9", to: &markup)
      }
      let pattern: [Markup.Attribute] = [
        ("id", "diagonals"), ("width", "7"), ("height", "7"), ("patternUnits", "userSpaceOnUse"),
        ("patternTransform", "rotate(45)"),
      ]
      markup.element("pattern", pattern) { $0.empty("path", [("class", "diagonal"), ("d", "M0,0V7")]) }
    }
  }

  private static func writeMarker(
    _ id: String, _ name: String, _ path: String, reference: String, to markup: inout Markup
  ) {
    let attributes: [Markup.Attribute] = [
      ("id", id), ("viewBox", "0 0 9 9"), ("refX", reference), ("refY", "4.5"), ("markerWidth", "9"),
      ("markerHeight", "9"), ("markerUnits", "userSpaceOnUse"), ("orient", "auto-start-reverse"),
    ]
    markup.element("marker", attributes) { $0.empty("path", [("class", name), ("d", path)]) }
  }
}
