/// The text of a paragraph with its markups, whose ends are counted in UTF-16 units.
struct MediumMarkups: Sendable {
  private struct Markup {
    var start: Int
    var end: Int
    var open: String
    var close: String
  }

  private let units: [UInt16]
  private let markups: [Markup]

  /// - Parameter markups: those of the paragraph; what lies outside of the text, or means nothing to Markdown, is left out.
  init(text: String, markups: [JSONValue]) {
    let units = Array(text.utf16)
    self.units = units
    self.markups = markups.prefix(1000).compactMap { value in
      guard case .number(let start)? = value["start"], case .number(let end)? = value["end"],
        case .string(let type)? = value["type"], start >= 0, end <= Double(units.count), start < end
      else { return nil }
      guard let (open, close) = Self.tags(type, value) else { return nil }
      return Markup(start: Int(start), end: Int(end), open: open, close: close)
    }
  }

  private static func tags(_ type: String, _ value: JSONValue) -> (String, String)? {
    switch type {
    case "STRONG": return ("<strong>", "</strong>")
    case "EM": return ("<em>", "</em>")
    case "CODE": return ("<code>", "</code>")
    case "A":
      guard case .string(let link)? = value["href"], !link.isEmpty else { return nil }
      return ("<a href=\"\(escapedHTML(link))\">", "</a>")
    default: return nil
    }
  }

  /// The text as HTML, properly nested: a markup that crosses the end of another is ended there, and begun again.
  var html: String {
    guard !markups.isEmpty else { return Self.escaped(units[...]) }
    let places = Set(markups.flatMap { [$0.start, $0.end] } + [0, units.count]).sorted()
    // Those that begin at a place, the longest first.
    let starts = Dictionary(grouping: markups, by: \.start).mapValues { $0.sorted { $0.end > $1.end } }
    var output = ""
    var open: [Markup] = []
    for (place, next) in zip(places, places.dropFirst() + [units.count]) {
      if let first = open.firstIndex(where: { $0.end <= place }) {
        for markup in open[first...].reversed() { output += markup.close }
        let continued = open[first...].filter { $0.end > place }
        open = Array(open[..<first]) + continued
        for markup in continued { output += markup.open }
      }
      for markup in starts[place] ?? [] {
        output += markup.open
        open.append(markup)
      }
      output += Self.escaped(units[place..<next])
    }
    return output
  }

  private static func escaped(_ units: ArraySlice<UInt16>) -> String {
    escapedHTML(String(decoding: units, as: UTF16.self)).replacing("\n", with: "<br>")
  }
}
