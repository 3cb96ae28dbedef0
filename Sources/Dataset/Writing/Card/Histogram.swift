/// Values counted in classes of equal width.
struct Histogram {
  /// What is counted.
  let title: String
  /// What the numbers below the bars are.
  let unit: String
  /// The lower bound of the first class.
  let start: Double
  /// How wide a class is.
  let width: Double
  /// How many values are in each class; the last one has all that are greater.
  let counts: [Int]

  /// Counts values in up to 20 classes; nil if there are none.
  ///
  /// - Parameter steps: the widths to choose from, ascending: the first by which the classes reach 95 % of the values.
  init?(_ title: String, unit: String, _ values: [Double], steps: [Double]) {
    let sorted = values.filter(\.isFinite).sorted()
    guard let least = sorted.first, let last = steps.last else { return nil }
    let most = sorted[(sorted.count - 1) * 95 / 100]
    width = steps.first { (least / $0).rounded(.down) * $0 + 20 * $0 > most } ?? last
    start = (least / width).rounded(.down) * width
    let classes = min(20, max(1, Int((most - start) / width) + 1))
    var counts = [Int](repeating: 0, count: classes)
    for value in sorted { counts[min(classes - 1, Int(min(1e6, (value - start) / width)))] += 1 }
    self.title = title
    self.unit = unit
    self.counts = counts
  }

  /// The picture as SVG, whose colours follow the reader's choice of light or dark.
  var svg: String {
    let (left, top, plotWidth, plotHeight) = (48.0, 40.0, 560.0, 180.0)
    let barWidth = plotWidth / Double(counts.count)
    let most = max(1, counts.max() ?? 1)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 280\" width=\"640\" height=\"280\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      """
      <style>text{font:12px sans-serif;fill:#24292f}.bar{fill:#3b6ea5}.axis{stroke:#8c959f}.ground{fill:#ffffff}\
      @media (prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#79b8ff}.ground{fill:#0d1117}}</style>
      """,
      "<rect class=\"ground\" width=\"640\" height=\"280\"/>",
      "<text x=\"\(number(left))\" y=\"22\">\(escaped(title))</text>",
    ]
    for (index, count) in counts.enumerated() where count > 0 {
      let height = max(1, plotHeight * Double(count) / Double(most))
      let x = left + Double(index) * barWidth + 1
      lines.append(
        "<rect class=\"bar\" x=\"\(number(x))\" y=\"\(number(top + plotHeight - height))\" "
          + "width=\"\(number(barWidth - 2))\" height=\"\(number(height))\"><title>\(classLabel(index)): \(count)</title>"
          + "</rect>")
    }
    let ground = top + plotHeight
    lines.append(
      "<line class=\"axis\" x1=\"\(number(left))\" y1=\"\(number(ground))\" x2=\"\(number(left + plotWidth))\" "
        + "y2=\"\(number(ground))\"/>")
    lines.append("<text x=\"40\" y=\"\(number(top + 4))\" text-anchor=\"end\">\(most)</text>")
    lines.append("<text x=\"40\" y=\"\(number(ground))\" text-anchor=\"end\">0</text>")
    for index in counts.indices where index % 4 == 0 {
      let x = left + Double(index) * barWidth
      lines.append(
        "<text x=\"\(number(x))\" y=\"\(number(ground + 18))\">\(label(start + Double(index) * width))</text>")
    }
    lines.append("<text x=\"\(number(left))\" y=\"268\">\(escaped(unit))</text>")
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func classLabel(_ index: Int) -> String {
    let low = label(start + Double(index) * width)
    return index == counts.count - 1 ? "\(low) and more" : "\(low) to \(label(start + Double(index + 1) * width))"
  }

  private func label(_ value: Double) -> String {
    width >= 1 ? String(Int(value)) : number(value)
  }
}

/// A number with at most two decimals.
private func number(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
  let sign = hundredths < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

private func escaped(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
}
