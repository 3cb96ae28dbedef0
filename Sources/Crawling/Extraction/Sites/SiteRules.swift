/// What is known of particular publishing systems, as data: class names that mean something there and nowhere else.
/// Rules are by class, not by host, since exports and custom domains carry the same markup.
enum SiteRules {
  /// Classes of elements that are never content, whatever their size.
  private static let chrome = [
    // Substack
    "subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget", "subscribe-widget",
    "captioned-button-wrap", "button-wrapper", "paywall-jump", "post-ufi", "image-link-expand",
    // Medium
    "js-mixtapeimage", "mixtapeimage", "speechify-ignore",
    // MathJax's rendering of what a script or MathML beside it says
    "mathjax_preview", "mathjax_display", "mathjax", "mjx-chtml", "mjx_assistive_mathml",
    // Wikipedia
    "mw-editsection", "mw-jump-link", "noprint", "reference-tooltip", "mwe-math-fallback-image-inline",
    "mwe-math-fallback-image-display", "navbox", "hatnote", "dablink", "rellink", "catlinks", "mw-cite-backlink",
    // WordPress
    "jp-relatedposts", "sharedaddy", "wp-block-comments", "post-navigation", "yarpp",
    // static site generators
    "headerlink", "anchor-link", "header-anchor", "hash-link", "copybtn",
    "code-header", "copy-button", "clipboard-copy",
  ]

  /// Values of `data-component-name` of what is never content.
  static let chromeComponents: Set<String> = ["SubscribeWidgetToDOM", "ButtonCreateButton", "SubscribeWidget"]

  /// Classes of cards that stand for one linked page.
  private static let linkCards = ["graf--mixtapeembed", "embedded-post-wrap", "kg-bookmark-card", "embedded-post"]

  /// Classes of the link to a page's own address, where it stands in the text: Medium's export.
  static let canonicalLinks: NameSet = ["p-canonical"]

  /// Classes and ids of the element that holds a text, surest first. A name matches a whole class.
  private static let bodies = [
    "post-body", "post-content", "post-text", "post-entry", "post_content", "post_body", "postcontent", "postbody",
    "post__content", "post__body", "entry-content", "entry_content", "entrycontent", "entry-body", "entry__content",
    "e-content", "article-body", "article_body", "articlebody", "article__body", "article-content", "article_content",
    "articlecontent", "article__content", "article-text", "article_text", "articletext", "article__text",
    "article-main", "articlebodytext", "story-body", "story_body", "storybody", "story-body__inner", "story-content",
    "story__content", "storycontent", "single-content",
    "blog-content", "blog-post-content", "blog-body", "blogpost-body",
    "markdown-body", "td-post-content",
    "field-name-body", "mw-parser-output", "page-content__body", "news-content", "news-text", "newstext",
    "itemfulltext", "article-detail", "article__detail", "gh-content", "js-article-body",
    "td-content", "single-post-content", "entry-text", "article-copy", "article-entry",
  ]

  /// Classes and ids of elements that hold a text, of which a page may have more than one.
  private static let texts = [
    "rich-text", "richtext", "prose", "content-body", "content__body", "content-text", "text-content",
    "section-content", "body-text", "bodytext", "body-copy", "body__inner-container", "available-content", "fulltext",
  ]

  /// Classes and ids of an element that holds the text and what goes with it.
  private static let containers = [
    "content", "main-content", "maincontent", "main_content", "page-content", "page_content", "site-content",
    "content-main", "contentmain", "article", "story", "post", "single-post", "hentry", "blog-post", "blogpost",
    "main-column", "main", "primary", "bodycontent", "mw-content-text",
  ]

  /// What is known of a whole class or id, by its hash.
  static let known: NameTable<Hints> = {
    var hints: [String: Hints] = [:]
    let rows: [(Hints, [String])] = [
      (.siteChrome, chrome), (.linkCard, linkCards), (.namedBody, bodies), (.namedText, texts),
      (.namedContainer, containers),
    ]
    for (hint, names) in rows {
      for name in names { hints[name, default: []].formUnion(hint) }
    }
    return NameTable(hints.map { (NameHash(lowercasing: $0.key.utf8), $0.value) })
  }()
}
