import Domain
import Foundation

/// An article that a feed carries.
struct FeedArticle: Sendable {
  let entry: FeedEntry
  /// Its text.
  let html: String
  /// Its address.
  let address: WebAddress
  /// The link of the file that has the feed, if no request brought it.
  var file: String?

  /// The document; nil if there is no text in it.
  func document(_ pages: PageReader, author: User, source: CrawlSource, date: Date) -> RawDocument? {
    let page = Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
    guard let article = try? pages.read(page, "text/html; charset=utf-8", address.redacted),
      article.problem == nil
    else { return nil }
    let record = CrawlRecord(
      source: source.redactedLocation, requestedURL: file == nil ? address.redacted : nil,
      url: file ?? address.redacted, fetchedAt: date, bodyHash: ContentHash(of: html), producer: Producer.feed)
    var document = article.document(
      link: canonicalLink(of: address), platform: address.platform, author: author, crawl: record)
    document.title = entry.title ?? document.title
    document.publishedAt = entry.date ?? document.publishedAt
    document.language = document.language ?? entry.language
    document.image = document.image ?? entry.image
    document.tags += entry.tags.filter { !document.tags.contains($0) }
    return document
  }
}
