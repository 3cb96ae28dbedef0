import Domain
import Foundation

/// A post on one of LinkedIn's pages: a public one, or one that a member saved from the browser.
///
/// The words are taken from the surest place that has them: the page's JSON-LD (`SocialMediaPosting`), the text of public
/// pages, the text that members see, and last the page's description, which may be cut off. What surrounds a post
/// (comments, counts, the button for the rest) is in none of these.
struct LinkedInPage: Sendable {
  /// The post.
  let name: LinkedInPostName
  /// The member's words; empty for a bare repost.
  let words: String
  /// The post that it passes on.
  let shared: Shared?
  /// When it was published.
  let date: Date?
  /// The post's picture.
  let image: String?

  /// A post inside a post.
  struct Shared: Sendable, Hashable {
    /// Its link, if the page has one.
    var link: String?
    /// Its words, as far as the page shows them.
    var words: String?
  }

  /// Reads a page; nil if it shows no post of LinkedIn's, or none that has a name.
  ///
  /// - Parameter address: where the page was fetched from; nil for a saved one.
  init?(_ html: [UInt8], contentType: String? = nil, address: WebAddress? = nil) {
    guard address != nil || Self.mayBePost(html), html.count <= ExtractionLimits().bytes else { return nil }
    let tree = HTMLParser.parse(PageDecoder.decode(html, contentType: contentType), limits: ExtractionLimits())
    let head = PageHead(tree)
    let posting = head.objects.first(where: Self.isPosting)
    guard let name = Self.name(head, posting, address, html) else { return nil }
    self.name = name
    let texts = LinkedInPageText(tree)
    // The page of a login describes LinkedIn.
    let isNamed = [head.canonical, head.first("og:url")].contains { link in
      link.flatMap { try? WebAddress($0) }.flatMap { LinkedInPostName($0) } != nil
    }
    let described = isNamed ? head.first("og:description") : nil
    words = posting.flatMap { Self.plain($0["articleBody"]) } ?? texts.own ?? described ?? ""
    shared = Self.shared(posting, texts, name)
    date = posting.flatMap { Self.plain($0["datePublished"]) }.flatMap(Self.moment) ?? name.date
    image = posting?["image"].flatMap { $0.items.first }.flatMap { $0["url"]?.text ?? $0.text }.flatMap {
      canonicalLink($0)
    }
  }

  /// The post as a document's text: the member's words, and what they pass on as a block quote.
  var markdown: String {
    guard let quoted = shared?.words else { return words }
    let lines = quoted.split(separator: "\n", omittingEmptySubsequences: false)
    return words + "\n\n" + lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
  }

  /// The post's document; nil for a bare repost.
  func document(author: User, crawl: CrawlRecord) -> RawDocument? {
    guard words.utf8.contains(where: { $0 > 0x20 }) else { return nil }
    return RawDocument(
      category: .posts, link: name.link, platform: "linkedin", author: author, text: markdown, image: image,
      publishedAt: date, relation: shared.map { .reshare(of: $0.link) }, crawl: crawl)
  }

  // MARK: Where things stand

  /// Whether a saved page is worth a closer look: LinkedIn's pages name it, and a post, many times.
  private static func mayBePost(_ html: [UInt8]) -> Bool {
    ASCII.find("linkedin.com", in: html, from: 0) != nil
      && (ASCII.find("urn:li:", in: html, from: 0) != nil || ASCII.find("SocialMediaPosting", in: html, from: 0) != nil
        || ASCII.find("linkedin.com/posts/", in: html, from: 0) != nil)
  }

  private static func isPosting(_ object: JSONValue) -> Bool {
    object["@type"]?.items.contains { ["SocialMediaPosting", "DiscussionForumPosting"].contains($0.text) } ?? false
  }

  /// The post that a page is about. A page that calls another host's address its own is that host's.
  private static func name(
    _ head: PageHead, _ posting: JSONValue?, _ address: WebAddress?, _ html: [UInt8]
  ) -> LinkedInPostName? {
    if let address { return LinkedInPostName(address) }
    let links = [head.canonical, head.first("og:url"), posting?["url"]?.text, posting?["@id"]?.text, savedFrom(html)]
    for case let link? in links {
      guard let own = try? WebAddress(link) else { continue }
      return own.isLinkedIn ? LinkedInPostName(own) : nil
    }
    // What members see has no address of its own, but the post's name beside it.
    let isMembersPage = ASCII.find("update-components-", in: html, from: 0) != nil
    return isMembersPage ? urn(in: html) : nil
  }

  /// The address in the comment that browsers put at the top of a page that they save.
  private static func savedFrom(_ html: [UInt8]) -> String? {
    let top = String(decoding: html.prefix(2048), as: UTF8.self)
    guard let mark = top.range(of: "saved from url=") else { return nil }
    let address = top[mark.upperBound...].drop { $0 == "(" || $0 == ")" || $0.isNumber }
    return String(address.prefix { !$0.isWhitespace })
  }

  /// The first name of a post in the bytes of a page.
  private static func urn(in html: [UInt8]) -> LinkedInPostName? {
    var start = 0
    while let place = ASCII.find("urn:li:", in: html, from: start) {
      if let name = LinkedInPostName(in: String(decoding: html[place...].prefix(48), as: UTF8.self)),
        name.number.utf8.count >= 15
      {
        return name
      }
      start = place + 7
    }
    return nil
  }

  private static func shared(_ posting: JSONValue?, _ texts: LinkedInPageText, _ own: LinkedInPostName) -> Shared? {
    let content = posting?["sharedContent"]?.items.first
    let link = [content?["url"]?.text, content?["@id"]?.text].lazy.compactMap { $0 }
      .compactMap { try? WebAddress($0) }.compactMap { LinkedInPostName($0) }.first { $0 != own }?.link
    let words = content.flatMap { plain($0["articleBody"]) ?? plain($0["text"]) } ?? texts.shared
    // An article that a post only links to is no post.
    return link == nil && words == nil ? nil : Shared(link: link, words: words)
  }

  // MARK: Values

  /// The lines of a text of JSON-LD, each cleaned; nil when there is nothing in them.
  private static func plain(_ value: JSONValue?) -> String? {
    guard case .string(let text) = value else { return nil }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let joined = lines.map { EntityDecoder.line(String($0)) }.joined(separator: "\n")
    let trimmed = joined.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.isEmpty ? nil : trimmed
  }

  private static func moment(_ text: String) -> Date? {
    (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(text, strategy: .iso8601))
  }
}
