import Domain
import HTTP

/// Fetches one page of a source.
struct PageFetcher: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let context: CrawlContext

  /// What a page gave.
  enum Result: Sendable {
    case document(RawDocument)
    case unchanged
    case feed(Feed)
    case failure(CrawlFailure, isRefused: Bool)
  }

  /// Fetches a page, if it has changed since it was crawled under `key`.
  ///
  /// - Throws: `CancellationError`, or what ``CrawlContext/previous`` throws.
  func fetch(_ address: WebAddress, previousKey key: String) async throws -> Result {
    func failed(_ message: String, attempts: Int, isRefused: Bool = false) -> Result {
      .failure(CrawlFailure(item: address.redacted, message: message, attempts: attempts), isRefused: isRefused)
    }
    let previous = try await context.previous(key)
    let response: HTTPResponse
    do {
      response = try await context.http.send(request(for: address, previous: previous))
    } catch let error as HTTPError {
      return failed(error.description, attempts: 1)
    }
    if response.isNotModified, previous != nil { return .unchanged }
    let reader = ResponseReader(
      pages: pages, response: response, author: author, source: source, context: context)
    switch try await reader.read() {
    case .document(let document): return .document(document)
    case .feed(let feed): return .feed(feed)
    case .failure(let message):
      return failed(message, attempts: response.attempts, isRefused: [401, 403].contains(response.status))
    }
  }

  private func request(for address: WebAddress, previous: CrawlRecord?) -> HTTPRequest {
    let accepted = "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1"
    return HTTPRequest(
      .get, address.text, headers: ["Accept": accepted], trust: .content,
      validator: previous.map { HTTPValidator(entityTag: $0.entityTag, lastModified: $0.lastModified) })
  }
}
