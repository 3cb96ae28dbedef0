import Foundation

/// What is known about a page, each value from the surest place that has one: JSON-LD, then `article:` and `og:`
/// properties, then Dublin Core, citation, Parsely and Twitter names, then microdata and bylines, then the title.
struct PageMetadata {
  var title: String?
  var authors: [String]
  var date: CalendarDay?
  var description: String?
  var language: String?
  var siteName: String?
  var canonicalURL: String?
  var tags: [String]
  var image: String?
  /// The page says that it can be read by subscribers only.
  var isPaywalled: Bool

  init(_ tree: HTMLTree, head: PageHead, content: ContentFinder.Content, addresses: Addresses, url: String?) {
    let article = head.articles.first
    siteName = Self.siteName(head, article)
    title = TitleFinder(tree: tree, head: head, content: content, siteName: siteName).find()
    authors = AuthorFinder(tree: tree, head: head, content: content, siteName: siteName).find()
    date = DateFinder(tree: tree, head: head, content: content, url: url).find()
    description =
      head.first(
        "og:description", "description", "dc.description", "dcterms.description", "twitter:description",
        "sailthru.description", "dcterms.abstract")
      ?? article?["description"]?.text ?? head.objects.lazy.compactMap { $0["description"]?.text }.first
    language = Self.language(
      head.language ?? head.first("og:locale", "content-language", "dc.language", "language")
        ?? article?["inLanguage"]?.text)
    canonicalURL = (head.canonical ?? head.first("og:url") ?? Self.canonicalLink(tree) ?? head.defaultLanguageLink)
      .flatMap { addresses.web($0) }
    tags = Self.tags(head, article, TagFinder(tree: tree, content: content))
    image = Self.image(head, article).flatMap { addresses.web($0) }
    isPaywalled = Self.isPaywalled(head)
  }

  private static func siteName(_ head: PageHead, _ article: JSONValue?) -> String? {
    let named =
      head.first("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
      ?? article?["publisher"]?["name"]?.text
    if let named, !named.hasPrefix("http"), !named.hasPrefix("@") { return named }
    return head.objects.first { $0["@type"]?.text == "WebSite" }?["name"]?.text
  }

  private static func canonicalLink(_ tree: HTMLTree) -> String? {
    tree.nodes.indices.first { tree.tag($0) == .a && tree.hasClass($0, in: SiteRules.canonicalLinks) }
      .flatMap { tree.string(.href, of: $0) }
  }

  private static func language(_ value: String?) -> String? {
    guard let value = value?.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == " " }).first else { return nil }
    let tag = value.replacing("_", with: "-")
    guard tag.utf8.count <= 16, let first = tag.utf8.first, ASCII.isLetter(first),
      tag.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(tag)
  }

  private static func tags(_ head: PageHead, _ article: JSONValue?, _ visible: TagFinder) -> [String] {
    var found = head.all("article:tag")
    found += article?["keywords"]?.items.compactMap(\.text) ?? []
    for name in ["keywords", "news_keywords", "parsely-tags", "citation_keywords"] { found += head.all(name) }
    found += article?["articleSection"]?.items.compactMap(\.text) ?? []
    found += head.all("article:section")
    if found.isEmpty { found = visible.find() }
    var tags: [String] = []
    var seen: Set<String> = []
    for value in found {
      for part in value.split(whereSeparator: { $0 == "," || $0 == ";" }) {
        let tag = TextCleaner.line(String(part))
        guard !tag.isEmpty, tag.utf8.count <= 80, tags.count < 32, seen.insert(tag.lowercased()).inserted else {
          continue
        }
        tags.append(tag)
      }
    }
    return tags
  }

  private static func image(_ head: PageHead, _ article: JSONValue?) -> String? {
    if let found = head.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src") {
      return found
    }
    guard let image = article?["image"]?.items.first else { return nil }
    return image["url"]?.text ?? image.text
  }

  private static func isPaywalled(_ head: PageHead) -> Bool {
    if head.first("article:content_tier") == "locked" { return true }
    return head.articles.contains { article in
      switch article["isAccessibleForFree"] {
      case .bool(let free): !free
      case .string(let text): text.lowercased() == "false"
      default: false
      }
    }
  }
}
