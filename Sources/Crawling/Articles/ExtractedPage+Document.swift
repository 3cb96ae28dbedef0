import Domain

extension ExtractedPage {
  /// Why it is no article; nil if it is one.
  var problem: PageProblem? {
    switch kind {
    case .index: .index
    case .paywalled: .paywalled
    case .scriptOnly: .scriptOnly
    case .article: markdown.utf8.contains { $0 > 0x20 } ? nil : .empty
    }
  }

  /// The article's document.
  func document(link: String, platform: String, author: User, crawl: CrawlRecord) -> RawDocument {
    RawDocument(
      category: .articles, link: link, platform: platform, author: author, title: title, subtitle: description,
      text: markdown, language: language, image: image, publishedAt: date, tags: tags, crawl: crawl)
  }
}
