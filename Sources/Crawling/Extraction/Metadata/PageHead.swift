/// What a page says about itself outside its text: title, meta elements, links, JSON-LD.
struct PageHead {
  /// The text of the `title` element.
  private(set) var title: String?
  /// The language of the `html` element.
  private(set) var language: String?
  /// What the `base` element says.
  private(set) var base: String?
  /// `link rel=canonical`.
  private(set) var canonical: String?
  /// `link rel=alternate hreflang=x-default`.
  private(set) var defaultLanguageLink: String?
  /// Those of ``objects`` that describe an article.
  private(set) var articles: [JSONValue] = []
  /// All objects of the page's JSON-LD.
  private(set) var objects: [JSONValue] = []
  /// The values of meta elements by their name, property or itemprop in lower case.
  private var meta: [String: [String]] = [:]

  init(_ tree: HTMLTree) {
    for index in 1..<max(tree.nodes.count, 1) {
      switch tree.tag(index) {
      case .html: language = language ?? tree.string(.lang, of: index) ?? tree.string(.xmlLang, of: index)
      case .title where title == nil && !tree.hasAncestor(index, where: { $0 == .svg }):
        let text = EntityDecoder.line(String(decoding: tree.rawText(index), as: UTF8.self))
        if !text.isEmpty { title = text }
      case .meta: addMeta(tree, index)
      case .link:
        addLink(tree, index)
      case .base: base = base ?? tree.string(.href, of: index)
      case .script: addScript(tree, index)
      default: continue
      }
    }
    articles = objects.filter(Self.isArticle)
  }

  /// The first value among these names that is not empty.
  func first(_ names: String...) -> String? {
    names.lazy.compactMap { meta[$0]?.first }.first
  }

  /// All values of one name.
  func all(_ name: String) -> [String] { meta[name] ?? [] }

  private mutating func addMeta(_ tree: HTMLTree, _ index: HTMLTree.Index) {
    guard let raw = tree.string(.content, of: index), !raw.isEmpty else { return }
    let value = EntityDecoder.line(raw)
    guard !value.isEmpty else { return }
    for name in [AttributeName.property, .name, .itemprop, .httpEquiv] {
      if let key = tree.string(name, of: index)?.lowercased() { meta[key, default: []].append(value) }
    }
  }

  private mutating func addLink(_ tree: HTMLTree, _ index: HTMLTree.Index) {
    guard let relation = tree.string(.rel, of: index)?.lowercased() else { return }
    if canonical == nil, relation == "canonical" { canonical = tree.string(.href, of: index) }
    if defaultLanguageLink == nil, relation == "alternate",
      tree.string(.hreflang, of: index)?.lowercased() == "x-default"
    {
      defaultLanguageLink = tree.string(.href, of: index)
    }
  }

  private mutating func addScript(_ tree: HTMLTree, _ index: HTMLTree.Index) {
    guard let type = tree.string(.type, of: index)?.lowercased(), type.hasPrefix("application/ld+json"),
      let value = JSONReader.read(tree.rawText(index))
    else { return }
    collect(value, depth: 0)
  }

  /// Objects at the top, in arrays, in `@graph` and as the main entity of a page.
  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 6 else { return }
    for item in value.items {
      guard case .object = item else { continue }
      objects.append(item)
      for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        if let inner = item[key] { collect(inner, depth: depth + 1) }
      }
    }
  }

  /// A value as it is or, when it only names another object of the page by its `@id`, that object.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard value["name"] == nil, let id = value["@id"]?.text else { return value }
    return objects.first { $0["@id"]?.text == id && $0["name"] != nil } ?? value
  }

  /// The longest text of an article that JSON-LD gives.
  var articleBody: String? {
    articles.compactMap { article -> String? in
      for key in ["articleBody", "text", "reviewBody"] {
        if case .string(let text)? = article[key] { return text }
      }
      return nil
    }.max { $0.utf8.count < $1.utf8.count }
  }

  /// Whether the page says that it is a thread of a forum, or is made by a program for forums.
  var isThread: Bool {
    if objects.contains(where: { Self.types(of: $0).contains { ["discussionforumposting", "qapage"].contains($0) } }) {
      return true
    }
    guard let generator = first("generator")?.lowercased() else { return false }
    return ["phpbb", "vbulletin", "discourse", "xenforo", "mybb", "simple machines", "flarum"].contains {
      generator.hasPrefix($0)
    }
  }

  private static let articleTypes: Set<String> = [
    "article", "newsarticle", "blogposting", "socialmediaposting", "techarticle", "scholarlyarticle", "report",
    "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle",
    "liveblogposting", "advertisercontentarticle", "satiricalarticle", "discussionforumposting", "recipe", "review",
    "posting", "medicalscholarlyarticle", "apireference", "howto",
  ]

  private static func isArticle(_ object: JSONValue) -> Bool {
    types(of: object).contains { articleTypes.contains($0) }
  }

  /// The names of an object's types, without the vocabulary's address, in lower case.
  private static func types(of object: JSONValue) -> [String] {
    (object["@type"]?.items ?? []).compactMap { type in
      type.text.flatMap { $0.split(separator: "/").last?.lowercased() }
    }
  }
}
