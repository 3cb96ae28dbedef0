package import Foundation

/// When the steps of a run ran and for how long, as bars over time; where it is not known when they began, as bars from
/// one line.
package struct RunTimeline {
  /// One step.
  package struct Span {
    let name: String
    let status: StepStatus
    let seconds: Double
    /// Seconds from the run's beginning; nil if not known.
    let start: Double?

    /// A span of a step that began at `started`.
    package init(name: String, status: StepStatus, seconds: Double, started: Date?, run: Date) {
      self.name = name
      self.status = status
      self.seconds = seconds.isFinite ? max(0, seconds) : 0
      start = started.map { max(0, $0.timeIntervalSince(run)) }
    }
  }

  private static let labelWidth = 190.0
  private static let barWidth = 620.0
  private static let rowHeight = 24.0
  private static let top = 24.0

  let spans: [Span]
  /// Whether it is known of every step that ran when it began.
  package let hasTimes: Bool
  private let length: Double

  init(_ record: RunRecord) {
    self.init(
      spans: record.steps.map {
        Span(name: $0.name, status: $0.status, seconds: $0.seconds, started: $0.started, run: record.started)
      })
  }

  /// A timeline of spans in the order in which they began.
  package init(spans: [Span]) {
    let spans = spans.prefix(RunPage.rowLimit)
    let hasTimes = !spans.isEmpty && spans.allSatisfy { $0.start != nil || $0.status == .skipped }
    self.hasTimes = hasTimes
    self.spans =
      hasTimes
      ? spans.enumerated().sorted {
        ($0.element.start ?? .infinity, $0.offset) < ($1.element.start ?? .infinity, $1.offset)
      }
      .map(\.element)
      : Array(spans)
    length = spans.map { (hasTimes ? $0.start ?? 0 : 0) + $0.seconds }.max() ?? 0
  }

  /// The drawing as SVG.
  package var svg: String {
    var markup = Markup()
    write(to: &markup)
    return markup.text
  }

  func write(to markup: inout Markup) {
    let width = Self.labelWidth + Self.barWidth + 110
    let height = Self.top + Double(spans.count) * Self.rowHeight + 8
    let attributes: [Markup.Attribute] = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("class", "dataflow timeline"), ("role", "img"),
      ("aria-labelledby", "timeline-title"), ("width", pixels(width)), ("height", pixels(height)),
      ("viewBox", "0 0 \(pixels(width)) \(pixels(height))"),
    ]
    markup.element("svg", attributes) { markup in
      let title = hasTimes ? "When each step ran" : "How long each step took"
      markup.element("title", [("id", "timeline-title")], text: title)
      writeAxis(height: height, to: &markup)
      for (index, span) in spans.enumerated() {
        markup.breakLine()
        let place = "translate(0 \(pixels(Self.top + Double(index) * Self.rowHeight)))"
        markup.element("g", [("transform", place)]) { write(span, to: &$0) }
      }
    }
  }

  private func write(_ span: Span, to markup: inout Markup) {
    let start = hasTimes ? span.start ?? 0 : 0
    let left = Self.labelWidth + offset(of: start)
    let width = max(2, offset(of: span.seconds))
    let time = span.status == .skipped ? "skipped" : durationText(span.seconds)
    markup.element("title", text: "\(labelText(span.name)): \(span.status.rawValue), \(time)")
    let name: [Markup.Attribute] = [("class", "end"), ("x", pixels(Self.labelWidth - 10)), ("y", "16")]
    markup.element("text", name, text: fitted(span.name))
    if span.status == .skipped {
      markup.element("text", [("class", "type"), ("x", pixels(Self.labelWidth)), ("y", "16")], text: time)
      return
    }
    markup.empty(
      "rect",
      [
        ("class", "bar \(span.status.rawValue)"), ("x", pixels(left)), ("y", "4"), ("width", pixels(width)),
        ("height", "16"), ("rx", "2"),
      ])
    markup.element("text", [("x", pixels(left + width + 6)), ("y", "16")], text: time)
  }

  /// Lines at round times, about six of them.
  private func writeAxis(height: Double, to markup: inout Markup) {
    guard length > 0 else { return }
    for tick in ticks {
      let x = pixels(Self.labelWidth + offset(of: tick))
      markup.empty("path", [("class", "tick"), ("d", "M\(x),\(pixels(Self.top - 4))V\(pixels(height))")])
      let place: [Markup.Attribute] = [("class", "tick"), ("x", x), ("y", "13")]
      markup.element("text", place, text: tick == 0 ? "0" : durationText(tick))
    }
  }

  private var ticks: [Double] {
    var step = 1e-4
    while length / step > 7 {
      let leading = step / decade(of: step)
      step *= leading < 1.5 ? 2 : leading < 3 ? 2.5 : 2
    }
    return (0...7).map { Double($0) * step }.filter { $0 <= length }
  }

  private func decade(of value: Double) -> Double {
    var decade = 1e-4
    while decade * 9.99 < value { decade *= 10 }
    return decade
  }

  private func offset(of seconds: Double) -> Double {
    length > 0 ? seconds / length * Self.barWidth : 0
  }

  /// The name, cut so that it stays left of the bars.
  private func fitted(_ name: String) -> String {
    let label = labelText(name)
    var shown = label
    while textWidth(shown, size: 12) > Self.labelWidth - 14, !shown.isEmpty { shown.removeLast() }
    return shown == label ? label : shown.dropLast() + "…"
  }
}
