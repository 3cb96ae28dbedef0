import Domain
import Foundation

/// A post of Substack as its interface gives it, and as its pages hold it.
struct SubstackPost {
  private let value: JSONValue

  /// Reads the answer for one post; nil if it is none.
  init?(json: [UInt8]) {
    guard json.first(where: { $0 < 0x80 && !ASCII.isSpace($0) }) == UInt8(ascii: "{"),
      let value = JSONReader.read(json)
    else { return nil }
    // A saved page of the interface may have the post in an object of its own.
    self.init(value["post"] ?? value)
  }

  /// Reads the state of a page (`window._preloads`), whose JSON stands in a JSON string; nil if it has no post.
  init?(in html: [UInt8]) {
    guard let mark = ASCII.find("window._preloads", in: html, from: 0),
      let parse = ASCII.find("JSON.parse(\"", in: html, from: mark), parse - mark < 100
    else { return nil }
    guard let outer = JSONReader.read(Self.array(html[(parse + 11)...])), case .string(let text)? = outer.items.first,
      let state = JSONReader.read(Array(text.utf8)), let post = state["post"]
    else { return nil }
    self.init(post)
  }

  /// The string that begins here as an array, which is what the reader of JSON looks for.
  private static func array(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var index = text.startIndex + 1
    while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return [UInt8(ascii: "[")] + text[..<min(index + 1, text.endIndex)] + [UInt8(ascii: "]")]
  }

  private init?(_ value: JSONValue) {
    guard case .string? = value["slug"], value["audience"] != nil || value["body_html"] != nil,
      value["canonical_url"] != nil || value["publication_id"] != nil
    else { return nil }
    self.value = value
  }

  /// Reads a part of the list of posts; nil if it is none.
  static func list(json: [UInt8]) -> [SubstackPost]? {
    guard json.first(where: { $0 < 0x80 && !ASCII.isSpace($0) }) == UInt8(ascii: "["),
      case .array(let items)? = JSONReader.read(json)
    else { return nil }
    let posts = items.compactMap(SubstackPost.init)
    return posts.isEmpty && !items.isEmpty ? nil : posts
  }

  /// The name of the post in addresses.
  var slug: String? { string("slug") }

  /// The post's own address.
  var address: WebAddress? { string("canonical_url").flatMap { try? WebAddress($0) } }

  /// Its text as HTML, if it is there.
  var html: String? { string("body_html").flatMap { $0.utf8.contains { $0 > 0x20 } ? $0 : nil } }

  /// Whether only the beginning of it is there, for whoever has not paid.
  var isPaywalled: Bool {
    guard let audience = string("audience"), ["only_paid", "founding"].contains(audience) else { return false }
    guard let html, case .number(let words)? = value["wordcount"], words > 0 else { return true }
    // A subscriber's own copy has it all.
    return Double(Self.words(html)) < 0.8 * words
  }

  private static func words(_ html: String) -> Int {
    var (count, isTag, isWord) = (0, false, false)
    for byte in html.utf8 {
      if byte == UInt8(ascii: "<") { isTag = true }
      let isText = !isTag && !ASCII.isSpace(byte)
      if isText, !isWord { count += 1 }
      isWord = isText
      if byte == UInt8(ascii: ">") { isTag = false }
    }
    return count
  }

  /// Why it gives no article although all is well; nil if it should give one.
  private var skipReason: String? {
    switch string("type") {
    case "thread": return "a thread of comments, not an article"
    case "restack": return "a restack, which is somebody else's writing"
    case "podcast" where html == nil: return "a podcast without words"
    case "video" where html == nil: return "a video without words"
    default: return isPaywalled ? PageProblem.paywalled.advice(isSaved: false) : nil
    }
  }

  /// What is known of the post, in the place of what a page seems to say.
  func complete(_ page: ExtractedPage) -> ExtractedPage {
    var page = page
    page.title = value["title"]?.text ?? page.title
    page.description = value["subtitle"]?.text ?? value["description"]?.text ?? page.description
    let names = (value["publishedBylines"]?.items ?? []).compactMap { $0["name"]?.text }
    if !names.isEmpty { page.authors = names }
    if let date = string("post_date").flatMap(FeedDate.date), let day = CalendarDay(date) {
      (page.date, page.isoDate) = (day.date, day.iso)
    }
    let tags = (value["postTags"]?.items ?? []).compactMap { $0["name"]?.text }
    if !tags.isEmpty { page.tags = tags }
    page.language = value["language"]?.text ?? page.language
    page.image = string("cover_image") ?? page.image
    page.canonicalURL = address?.text ?? page.canonicalURL
    page.kind = isPaywalled ? .paywalled : .article
    return page
  }

  /// What the post gives.
  ///
  /// - Parameters:
  ///   - source: where it was had; nil for a file, which says itself whose address it has.
  ///   - record: how it was fetched. Answers change with every comment: only the text of the post counts.
  func result(at source: WebAddress?, pages: PageReader, author: User, record: CrawlRecord) -> ResponseReader.Result {
    if let reason = skipReason { return .skip(reason) }
    guard let html, let link = link(at: source) else { return .skip("a post without words, or without an address") }
    let page = Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
    guard let read = try? pages.read(page, "text/html; charset=utf-8", link.redacted) else {
      return .failure("the text of the post cannot be read")
    }
    let article = complete(read)
    guard article.problem == nil else { return .skip("a post without words") }
    var record = record
    (record.entityTag, record.lastModified, record.bodyHash) = (nil, nil, ContentHash(of: html))
    return .document(
      article.document(link: canonicalLink(of: link), platform: link.platform, author: author, crawl: record))
  }

  /// The post's address, on the site that gave it.
  private func link(at source: WebAddress?) -> WebAddress? {
    guard let source else { return address }
    if let address, address.site == source.site { return address }
    return slug.flatMap { try? WebAddress("\(source.origin)/p/\(percentEncodedPath($0))") }
  }

  private func string(_ key: String) -> String? {
    if case .string(let text)? = value[key] { text } else { nil }
  }
}
