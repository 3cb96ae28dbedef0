import CXML2
import Foundation

/// One page of what arXiv's interface finds: an Atom feed (RFC 4287) with fields of arXiv's own.
struct ArXivFeed: Sendable {
  /// The papers.
  private(set) var entries: [ArXivEntry] = []
  /// How many there are on all pages.
  private(set) var total: Int?
  /// What is wrong with the question, if that is the answer.
  private(set) var problem: String?

  /// Reads a page; nil if the bytes are none.
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
    guard document.pointee.intSubset == nil, let root = xmlDocGetRootElement(document), name(of: root) == "feed" else {
      return nil
    }
    for element in children(of: root) {
      switch name(of: element) {
      case "totalResults": total = text(of: element).flatMap { Int($0) }
      case "entry":
        guard entries.count < limit else { return }
        add(element)
      default: break
      }
    }
  }

  private mutating func add(_ element: xmlNodePtr) {
    var entry = ArXivEntry(identifier: "")
    for field in children(of: element) {
      switch name(of: field) {
      case "id": entry.identifier = Self.identifier(text(of: field) ?? "")
      case "title": entry.title = text(of: field)
      case "summary": entry.summary = text(of: field)
      case "published": entry.published = text(of: field).flatMap { try? Date($0, strategy: .iso8601) }
      case "updated": entry.updated = text(of: field)
      case "comment": entry.comment = text(of: field)
      case "author":
        entry.authors += children(of: field).filter { name(of: $0) == "name" }.compactMap { text(of: $0) }
      case "primary_category": if let term = attribute("term", of: field) { entry.categories.insert(term, at: 0) }
      case "category": if let term = attribute("term", of: field) { entry.categories.append(term) }
      default: break
      }
    }
    var seen: Set<String> = []
    entry.categories = entry.categories.filter { seen.insert($0).inserted }
    if ArXivSelection.identifier(entry.identifier) != nil {
      entries.append(entry)
    } else if entry.title == "Error" {
      problem = entry.summary
    }
  }

  /// The part of an entry's address behind `/abs/`.
  private static func identifier(_ address: String) -> String {
    address.firstRange(of: "/abs/").map { String(address[$0.upperBound...]) } ?? ""
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
private func name(of node: xmlNodePtr) -> String { node.pointee.name.map { String(cString: $0) } ?? "" }

/// The text directly inside an element, on one line; nil if there is none. arXiv breaks titles and abstracts into lines.
private func text(of node: xmlNodePtr) -> String? {
  var text = ""
  var next = node.pointee.children
  while let child = next {
    let isText = child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE
    if isText, let content = child.pointee.content { text += String(cString: content) }
    next = child.pointee.next
  }
  let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return words.isEmpty ? nil : words
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
