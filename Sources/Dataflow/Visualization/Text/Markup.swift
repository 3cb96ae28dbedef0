/// Writes XML, and HTML that is XML, so that it is well-formed whatever the texts hold: names of elements and attributes
/// come from the program's source, and everything else is escaped.
struct Markup {
  typealias Attribute = (name: StaticString, value: String)

  /// What is written so far.
  private(set) var text = ""

  /// An element with what `content` writes in it.
  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], _ content: (inout Markup) -> Void) {
    open(name, attributes)
    text += ">"
    content(&self)
    text += "</\(name)>"
  }

  /// An element with text in it.
  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text content: String) {
    element(name, attributes) { $0.write(content) }
  }

  /// An element without content, such as `<meta/>` or `<path/>`.
  mutating func empty(_ name: StaticString, _ attributes: [Attribute]) {
    open(name, attributes)
    text += "/>"
  }

  /// Text.
  mutating func write(_ content: String) { text += escaped(content) }

  /// What must stand as it is, such as a style sheet: text of this program, in which nothing needs to be escaped.
  mutating func write(verbatim content: StaticString) { text += "\(content)" }

  /// A line feed, for people who read the source.
  mutating func breakLine() { text += "\n" }

  private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
    text += "<\(name)"
    for attribute in attributes { text += " \(attribute.name)=\"\(escaped(attribute.value))\"" }
  }
}

/// Text as XML's character data or attribute value. Characters that XML 1.0 (section 2.2) does not allow become U+FFFD.
func escaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    case "\n", "\t": escaped.unicodeScalars.append(scalar)
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
