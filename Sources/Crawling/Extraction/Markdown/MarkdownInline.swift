/// Writes the parts of a line as Markdown.
enum MarkdownInline {
  /// A paragraph; a line break becomes two spaces at the line's end.
  static func paragraph(_ parts: [Inline]) -> String {
    let text = write(parts, inLink: false)
    return text.lines.filter { !$0.isEmpty }.map { MarkdownEscape.lineStart($0.trimmingLeadingSpaces) }.joined(
      separator: "\n"
    )
    .trimmingSpaces
  }

  /// A text that must stay on one line: a heading.
  static func oneLine(_ parts: [Inline]) -> String {
    TextCleaner.line(write(parts, inLink: false))
  }

  /// A table's cell.
  static func cell(_ parts: [Inline]) -> String {
    let line = oneLine(parts)
    return line.utf8.contains(UInt8(ascii: "|")) ? line.replacing("|", with: "\\|") : line
  }

  /// An image.
  static func image(alt: String, address: String) -> String {
    "![\(MarkdownEscape.linkText(alt))](\(MarkdownEscape.address(address)))"
  }

  private static func write(_ parts: [Inline], inLink: Bool) -> String {
    var output = ""
    for part in parts {
      switch part {
      case .text(let text): output += inLink ? MarkdownEscape.linkText(text) : MarkdownEscape.text(text)
      case .code(let text): output += MarkdownEscape.code(text)
      case .lineBreak:
        // In place: a copy for each of many breaks would take quadratic time.
        while output.utf8.last == 0x20 { output.unicodeScalars.removeLast() }
        output += "  \n"
      case .image(let alt, let address): output += image(alt: alt, address: address)
      case .math(let tex): output += "$\(tex)$"
      case .footnote(let label): output += "[^\(label)]"
      case .styled(let style, let inner): output += styled(style, write(inner, inLink: inLink))
      case .link(let address, let inner): output += inLink ? write(inner, inLink: true) : link(address, inner)
      }
    }
    return output
  }

  /// Marks around the text; the spaces at its ends stay outside, where the marks need them.
  private static func styled(_ style: Inline.Style, _ text: String) -> String {
    let mark =
      switch style {
      case .strong: "**"
      case .emphasis: "*"
      case .strike: "~~"
      }
    let core = text.trimmingSpaces
    if core.isEmpty || core.contains("\n") || core.hasPrefix(mark) || core.hasSuffix(mark) { return text }
    return around(text, core) { mark + $0 + mark }
  }

  private static func link(_ address: String, _ inner: [Inline]) -> String {
    let text = unbroken(write(inner, inLink: true))
    let core = text.trimmingSpaces
    if core.isEmpty { return text }
    return around(text, core) { "[\($0)](\(MarkdownEscape.address(address)))" }
  }

  private static func unbroken(_ text: String) -> String {
    text.utf8.contains(0x0A) ? text.replacing("  \n", with: " ") : text
  }

  private static func around(_ text: String, _ core: String, _ wrap: (String) -> String) -> String {
    (text.utf8.first == 0x20 ? " " : "") + wrap(core) + (text.utf8.last == 0x20 ? " " : "")
  }
}

extension Substring {
  /// Without spaces at the start.
  var trimmingLeadingSpaces: Substring { drop { $0 == " " } }
}
