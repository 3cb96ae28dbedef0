import CXML2
import Foundation

/// The entries of an RSS 2.0, RSS 1.0 or Atom feed (RFC 4287).
struct Feed: Sendable {
  /// One article that the feed announces.
  struct Entry: Sendable, Hashable {
    /// Where it is, as the feed writes it.
    var link: String
    var title: String?
    var date: Date?
    /// The whole article as HTML, where the feed carries it.
    var html: String?
  }

  /// In the order of the feed, which is the newest first by custom.
  private(set) var entries: [Entry] = []

  /// Reads a feed; nil if the bytes are none.
  ///
  /// Nothing is loaded from elsewhere and no entity is expanded; a document that declares its own is refused.
  init?(_ bytes: [UInt8], limit: Int) {
    let options = [XML_PARSE_NONET, XML_PARSE_RECOVER, XML_PARSE_NOERROR, XML_PARSE_NOWARNING]
      .reduce(0) { $0 | $1.rawValue }
    let document = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(
        buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count), nil, nil,
        Int32(bitPattern: options))
    }
    guard let document else { return nil }
    defer { xmlFreeDoc(document) }
    guard document.pointee.intSubset == nil, let root = xmlDocGetRootElement(document),
      ["rss", "feed", "RDF"].contains(name(of: root))
    else { return nil }
    // RSS 1.0 has its items beside the channel, RSS 2.0 inside it.
    let channels = children(of: root).filter { name(of: $0) == "channel" }
    for parent in channels + [root] {
      for item in children(of: parent) where ["item", "entry"].contains(name(of: item)) {
        guard entries.count < limit else { return }
        entries.append(Self.entry(item))
      }
    }
  }

  private static func entry(_ item: xmlNodePtr) -> Entry {
    var entry = Entry(link: "")
    for field in children(of: item) {
      switch name(of: field) {
      case "title": entry.title = text(of: field)
      case "link": if let link = link(in: field), entry.link.isEmpty { entry.link = link }
      case "pubDate", "published", "date": entry.date = text(of: field).flatMap(date)
      case "encoded": entry.html = text(of: field)
      case "content" where attribute("type", of: field) == "html": entry.html = text(of: field)
      default: break
      }
    }
    return entry
  }

  /// RSS writes the link as text; Atom as an attribute, beside links of other relations.
  private static func link(in field: xmlNodePtr) -> String? {
    guard let target = attribute("href", of: field) else { return text(of: field) }
    return attribute("rel", of: field).map { $0 == "alternate" } ?? true ? target : nil
  }

  /// RFC 3339, or RFC 822 as RSS has it.
  private static func date(_ text: String) -> Date? {
    if let date = try? Date(text, strategy: .iso8601) { return date }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return formatter.date(from: text)
  }
}

private func children(of node: xmlNodePtr) -> [xmlNodePtr] {
  var children: [xmlNodePtr] = []
  var next = node.pointee.children
  while let child = next {
    if child.pointee.type == XML_ELEMENT_NODE { children.append(child) }
    next = child.pointee.next
  }
  return children
}

/// The name without its prefix.
private func name(of node: xmlNodePtr) -> String {
  node.pointee.name.map { String(cString: $0) } ?? ""
}

/// The text and CDATA directly inside an element, trimmed; nil if there is none.
private func text(of node: xmlNodePtr) -> String? {
  var text = ""
  var next = node.pointee.children
  while let child = next {
    let isText = child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE
    if isText, let content = child.pointee.content { text += String(cString: content) }
    next = child.pointee.next
  }
  text = text.trimmingCharacters(in: .whitespacesAndNewlines)
  return text.isEmpty ? nil : text
}

private func attribute(_ wanted: String, of node: xmlNodePtr) -> String? {
  var next = node.pointee.properties
  while let attribute = next {
    if attribute.pointee.name.map({ String(cString: $0) }) == wanted {
      return attribute.pointee.children?.pointee.content.map { String(cString: $0) }
    }
    next = attribute.pointee.next
  }
  return nil
}
