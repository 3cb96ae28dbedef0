public import Domain
import Foundation
import HTTP

/// Fetches one web page and keeps its article as Markdown.
///
/// Pages in Markdown, plain text and PDF are taken as well. A page that was crawled before is asked for only if it has
/// changed (`If-None-Match`, `If-Modified-Since`; RFC 9110, section 13.1).
public struct ArticleCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// Fetches the page; whatever is wrong with it is a failure of that one item.
  ///
  /// - Throws: ``CrawlError`` for a link that is not to be fetched at all, or `CancellationError`.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
    guard case .web(let address) = try SourceLocation(source.location) else {
      throw CrawlError.unsupportedSource(source: source.location, reason: "the article crawler reads URLs, not paths")
    }
    guard !address.isLinkedIn else { throw CrawlError.linkedInPage(link: address.text) }
    let previous = try await context.previous(source.location)
    func failed(_ message: String, attempts: Int) -> CrawlOutcome {
      CrawlOutcome(failures: [CrawlFailure(item: address.text, message: message, attempts: attempts)])
    }
    do {
      let response = try await context.http.send(request(for: address, previous: previous))
      if response.isNotModified, previous != nil { return .unchanged }
      let reader = ResponseReader(
        pages: pages, response: response, requested: address, author: author, source: source, context: context)
      switch try await reader.read() {
      case .document(let document): return CrawlOutcome(documents: [document])
      case .failure(let message): return failed(message, attempts: response.attempts)
      }
    } catch let error as HTTPError {
      return failed(error.description, attempts: 1)
    }
  }

  private func request(for address: WebAddress, previous: CrawlRecord?) -> HTTPRequest {
    let accepted = "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1"
    return HTTPRequest(
      .get, address.text, headers: ["Accept": accepted], trust: .content,
      validator: previous.map { HTTPValidator(entityTag: $0.entityTag, lastModified: $0.lastModified) })
  }
}
