/// A JSON Feed (jsonfeed.org, versions 1 and 1.1).
struct JSONFeed: Sendable {
  private(set) var entries: [FeedEntry] = []

  /// Reads a feed; nil if the bytes are none.
  init?(_ bytes: [UInt8], address: String?) {
    guard Self.isFeed(bytes), let feed = JSONReader.read(bytes), Self.isVersion(feed["version"]),
      let items = feed["items"], case .array(let items) = items
    else { return nil }
    let authors = Self.authors(feed)
    let language = feed["language"]?.text
    entries = items.compactMap { item in
      guard case .object = item else { return nil }
      var entry = FeedEntry(link: Self.link(item, address: address))
      entry.title = item["title"]?.text
      entry.authors = Self.authors(item)
      if entry.authors.isEmpty { entry.authors = authors }
      entry.date = (item["date_published"] ?? item["date_modified"])?.text.flatMap(FeedDate.date)
      entry.html = Self.string(item["content_html"]) ?? Self.string(item["content_text"]).map(Self.paragraphs)
      entry.summary = Self.string(item["summary"]).map(Self.paragraphs)
      entry.tags = item["tags"]?.items.compactMap(\.text) ?? []
      entry.language = item["language"]?.text ?? language
      entry.image = Self.string(item["image"]).flatMap { absoluteLink($0, base: address) }
      return entry
    }
  }

  /// Whether the bytes are an object that names the format's version near its beginning.
  static func isFeed(_ bytes: [UInt8]) -> Bool {
    let head = Array(bytes.prefix(16 << 10))
    guard let first = head.first(where: { $0 < 0x80 && !ASCII.isSpace($0) }), first == UInt8(ascii: "{") else {
      return false
    }
    // A slash may be escaped.
    return ASCII.find("jsonfeed.org/version/", in: head, from: 0) != nil
      || ASCII.find("jsonfeed.org\\/version\\/", in: head, from: 0) != nil
  }

  private static func isVersion(_ value: JSONValue?) -> Bool {
    value?.text.map { $0.contains("://jsonfeed.org/version/") || $0.contains("://www.jsonfeed.org/version/") } ?? false
  }

  private static func string(_ value: JSONValue?) -> String? {
    guard case .string(let text)? = value, text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
    return text
  }

  private static func link(_ item: JSONValue, address: String?) -> String {
    if let url = string(item["url"]), let link = absoluteLink(url, base: address) { return link }
    guard let id = string(item["id"]), ["http", "https"].contains(schemeName(of: id)) else { return "" }
    return id
  }

  private static func authors(_ value: JSONValue) -> [String] {
    let found = (value["authors"]?.items ?? []).compactMap { $0["name"]?.text }
    return found.isEmpty ? [value["author"]?["name"]?.text].compactMap { $0 } : found
  }

  /// Plain text as HTML: empty lines part paragraphs.
  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n\n").map { "<p>\(escapedHTML(String($0)).replacing("\n", with: "<br>"))</p>" }.joined()
  }
}
