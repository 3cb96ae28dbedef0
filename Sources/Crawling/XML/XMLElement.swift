import Foundation

/// An element of an XML document with all that is in it.
struct XMLElement: Sendable {
  /// What stands in an element.
  indirect enum Content: Sendable {
    case text(String)
    case element(XMLElement)
  }

  /// The name without its prefix.
  var name: String
  /// The prefix of the name, if it has one.
  var prefix: String?
  /// The namespace of the name, if it is declared.
  var namespace: String?
  /// The address against which links in it are resolved (`xml:base`); nil if nobody says.
  var base: String?
  /// The attributes by their names without prefixes, but `xml:lang` and the like.
  var attributes: [String: String] = [:]
  /// What stands in it, in order.
  var content: [Content] = []

  /// The elements in it.
  var children: [XMLElement] {
    content.compactMap { if case .element(let child) = $0 { child } else { nil } }
  }

  /// The text directly in it, trimmed; nil if there is none.
  var text: String? {
    let text = content.reduce(into: "") { text, part in
      if case .text(let more) = part { text += more }
    }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The first child of a name.
  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// What stands in it as HTML, for an element that holds XHTML: without prefixes, and with end tags where HTML wants
  /// them.
  var html: String {
    var output = ""
    writeContent(to: &output)
    return output
  }

  private func writeContent(to output: inout String) {
    for part in content {
      switch part {
      case .text(let text): output += escapedHTML(text)
      case .element(let child): child.write(to: &output)
      }
    }
  }

  private func write(to output: inout String) {
    output += "<" + name
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { output += " \(name)=\"\(escapedHTML(value))\"" }
    output += ">"
    guard !Self.voidNames.contains(name.lowercased()) else { return }
    writeContent(to: &output)
    output += "</\(name)>"
  }

  /// The elements of HTML that have no end tag (HTML Standard, section 13.1.2).
  private static let voidNames: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]
}

/// A text as it stands in HTML, in an attribute too.
func escapedHTML(_ text: String) -> String {
  guard text.utf8.contains(where: { "&<>\"".utf8.contains($0) }) else { return text }
  var output: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "&"): output += "&amp;".utf8
    case UInt8(ascii: "<"): output += "&lt;".utf8
    case UInt8(ascii: ">"): output += "&gt;".utf8
    case UInt8(ascii: "\""): output += "&quot;".utf8
    default: output.append(byte)
    }
  }
  return String(decoding: output, as: UTF8.self)
}

/// A link made absolute; nil if it cannot be.
func absoluteLink(_ link: String, base: String?) -> String? {
  let link = link.trimmingCharacters(in: .whitespacesAndNewlines)
  guard !link.isEmpty, link.utf8.count <= 4096 else { return nil }
  if schemeName(of: link) != nil { return link }
  guard let base = base.flatMap({ URL(string: $0) }) else { return nil }
  return URL(string: link, relativeTo: base)?.absoluteString
}
