extension FeedEntry {
  /// Reads an `item` of RSS or an `entry` of Atom.
  init(_ item: XMLElement) {
    self.init()
    var links = Links()
    var secondDate: String?
    language = item.attributes["xml:lang"]
    for field in item.children {
      switch Self.key(of: field) {
      case "title": title = Self.title(field)
      case "link": links.add(field)
      case "guid": links.addGuid(field)
      case "id": links.identifier = field.text
      case "feedburner:origlink": links.original = field.text
      case "pubdate", "published", "dc:date", "issued": date = date ?? field.text.flatMap(FeedDate.date)
      case "updated", "modified", "dcterms:modified": secondDate = secondDate ?? field.text
      case "content:encoded": html = field.text
      case "content": html = html ?? Self.markup(field)
      case "description", "summary": summary = summary ?? Self.markup(field)
      case "author", "dc:creator", "itunes:author": authors += Self.authors(field)
      case "category", "dc:subject": tags += [field.attributes["term"] ?? field.text].compactMap { $0 }
      case "dc:language": language = language ?? field.text
      default: break
      }
    }
    date = date ?? secondDate.flatMap(FeedDate.date)
    link = links.best(about: item.attributes["about"], base: item.base) ?? ""
    tags = tags.map(EntityDecoder.line).filter { !$0.isEmpty }
  }

  /// The name of a field, with the usual prefix if it is of one of the usual extensions; those of RSS and Atom have none.
  private static func key(of field: XMLElement) -> String {
    let name = field.name.lowercased()
    guard let namespace = field.namespace else { return (field.prefix.map { $0.lowercased() + ":" } ?? "") + name }
    if let prefix = prefixes[namespace] { return prefix + ":" + name }
    return field.prefix == nil || formats.contains(namespace) ? name : "?:" + name
  }

  private static let prefixes = [
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
  ]

  private static let formats: Set<String> = [
    "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
  ]

  /// A text construct of Atom (RFC 4287, section 3.1), or the escaped HTML of RSS.
  private static func markup(_ field: XMLElement) -> String? {
    guard field.attributes["src"] == nil else { return nil }
    switch field.attributes["type"]?.lowercased() {
    case "xhtml", "application/xhtml+xml": return (field.child("div") ?? field).html
    case "text", "text/plain": return field.text.map { "<p>\(escapedHTML($0))</p>" }
    case nil, "html", "text/html":
      // Some feeds have the markup itself where its escaped form should be.
      return field.children.isEmpty ? field.text : field.html
    default: return nil
    }
  }

  private static func title(_ field: XMLElement) -> String? {
    let text =
      switch field.attributes["type"] {
      case "xhtml": withoutTags(field.html)
      case "html": withoutTags(field.text ?? "")
      default: field.text ?? ""
      }
    let line = EntityDecoder.line(text)
    return line.isEmpty ? nil : line
  }

  private static func withoutTags(_ html: String) -> String {
    var isTag = false
    let text = html.utf8.filter { byte in
      if byte == UInt8(ascii: "<") { isTag = true }
      defer { if byte == UInt8(ascii: ">") { isTag = false } }
      return !isTag
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The names that Atom has in elements; of RSS's `mail@host (Name)` the name.
  private static func authors(_ field: XMLElement) -> [String] {
    if let name = field.child("name")?.text { return [EntityDecoder.line(name)] }
    guard let text = field.text else { return [] }
    guard text.contains("@"), let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close
    else { return [EntityDecoder.line(text)] }
    return [EntityDecoder.line(String(text[text.index(after: open)..<close]))]
  }

  /// What an item says of where it is.
  private struct Links {
    var identifier: String?
    var original: String?
    private var alternate: String?
    private var other: String?
    private var permanent: String?

    /// RSS writes the link as text; Atom as an attribute, beside links of other relations and of other types.
    mutating func add(_ field: XMLElement) {
      guard let target = field.attributes["href"] else {
        alternate = alternate ?? field.text.flatMap { absoluteLink($0, base: field.base) ?? $0 }
        return
      }
      guard ["alternate", nil].contains(field.attributes["rel"]?.lowercased()) else { return }
      let link = absoluteLink(target, base: field.base)
      if ["text/html", "application/xhtml+xml", nil].contains(field.attributes["type"]?.lowercased()) {
        alternate = alternate ?? link
      } else {
        other = other ?? link
      }
    }

    /// An identifier of RSS is a link unless it says that it is none.
    mutating func addGuid(_ field: XMLElement) {
      if field.attributes["isPermaLink"]?.lowercased() != "false" { permanent = field.text }
    }

    func best(about: String?, base: String?) -> String? {
      if let found = original ?? alternate ?? other { return found }
      return [permanent, identifier, about].compactMap { $0 }.first { ["http", "https"].contains(schemeName(of: $0)) }
        .flatMap { absoluteLink($0, base: base) }
    }
  }
}
