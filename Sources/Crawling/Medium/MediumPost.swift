import Foundation

/// An article of Medium as the state of its page has it (`window.__APOLLO_STATE__`), which is what its scripts make the
/// page of: the names of its classes mean nothing.
struct MediumPost {
  private let state: JSONValue
  private let post: JSONValue

  /// Reads the state of a page; nil if it has none, or none with an article's text.
  init?(in html: [UInt8]) {
    guard let mark = ASCII.find("__APOLLO_STATE__", in: html, from: 0),
      let start = html[mark...].firstIndex(of: UInt8(ascii: "{")), start - mark < 100,
      let state = JSONReader.read(Array(html[start...])), case .object(let members) = state
    else { return nil }
    let posts = members.filter { $0.key.hasPrefix("Post:") && Self.paragraphs(of: $0.value, in: state) != nil }
    // A page may know of others, whose first paragraphs it shows.
    let longest = posts.max { left, right in
      let (first, second) = (Self.length(of: left.value, in: state), Self.length(of: right.value, in: state))
      return (first, right.key) < (second, left.key)
    }
    guard let post = longest?.value else { return nil }
    self.state = state
    self.post = post
  }

  /// Whether the page shows only the beginning, to whoever is no member.
  var isPaywalled: Bool {
    let isPreview = Self.content(of: post, in: state)?["isLockedPreviewOnly"] ?? post["isLockedPreviewOnly"]
    return (isPreview ?? post["isLocked"]) == .bool(true)
  }

  /// The text as HTML.
  var html: String {
    MediumBody(paragraphs: Self.paragraphs(of: post, in: state) ?? [], state: state, title: title).html
  }

  /// The title, if it has one.
  var title: String? { post["title"]?.text }

  /// What is known of the article besides its text, in the place of what the page seems to say.
  func complete(_ page: ExtractedPage) -> ExtractedPage {
    var page = page
    page.title = title ?? page.title
    if let name = Self.resolved(post["creator"], in: state)?["name"]?.text { page.authors = [name] }
    if case .number(let milliseconds)? = post["firstPublishedAt"] ?? post["latestPublishedAt"], milliseconds > 0,
      let day = CalendarDay(Date(timeIntervalSince1970: milliseconds / 1000))
    {
      (page.date, page.isoDate) = (day.date, day.iso)
    }
    let subtitle = Self.resolved(post["previewContent"], in: state)?["subtitle"]?.text
    page.description = subtitle ?? page.description
    page.language = post["detectedLanguage"]?.text ?? page.language
    page.canonicalURL = [post["canonicalUrl"]?.text, post["mediumUrl"]?.text, page.canonicalURL]
      .compactMap { $0 }.first { (try? WebAddress($0)) != nil }
    let tags = (post["tags"]?.items ?? []).compactMap { tag in
      let tag = Self.resolved(tag, in: state)
      return tag?["displayTitle"]?.text ?? tag?["normalizedTagSlug"]?.text ?? tag?["id"]?.text
    }
    if !tags.isEmpty { page.tags = tags }
    if isPaywalled { page.kind = .paywalled }
    return page
  }

  // MARK: The state

  /// What a reference stands for; anything else is itself. `{"__ref": "Paragraph:1"}`, and in older pages
  /// `{"type": "id", "id": "Paragraph:1"}`.
  static func resolved(_ value: JSONValue?, in state: JSONValue) -> JSONValue? {
    if case .string(let key)? = value?["__ref"] { return state[key] }
    if value?["type"] == .string("id"), case .string(let key)? = value?["id"] { return state[key] }
    return value
  }

  /// What holds the text: of the post itself, or of what its reader may see of it.
  private static func content(of post: JSONValue, in state: JSONValue) -> JSONValue? {
    let whole = resolved(field("content", of: post), in: state)
    if whole?["bodyModel"] != nil { return whole }
    let seen = resolved(field("fullContent", of: resolved(field("viewerEdge", of: post), in: state)), in: state)
    return seen?["bodyModel"] != nil ? seen : nil
  }

  /// A field, whose name may end in its arguments.
  private static func field(_ name: String, of value: JSONValue?) -> JSONValue? {
    guard case .object(let members)? = value else { return nil }
    if let exact = members[name] { return exact }
    return members.filter { $0.key.hasPrefix(name + "(") }.min { $0.key < $1.key }?.value
  }

  private static func paragraphs(of post: JSONValue, in state: JSONValue) -> [JSONValue]? {
    guard let body = resolved(content(of: post, in: state)?["bodyModel"], in: state),
      let items = body["paragraphs"]?.items,
      !items.isEmpty
    else { return nil }
    return items.prefix(20_000).compactMap { resolved($0, in: state) }
  }

  private static func length(of post: JSONValue, in state: JSONValue) -> Int {
    (paragraphs(of: post, in: state) ?? []).reduce(0) { length, paragraph in
      guard case .string(let text)? = paragraph["text"] else { return length }
      return length + text.utf8.count
    }
  }
}
