import Domain
import Foundation
import HTTP

/// Makes the document of one response.
struct ResponseReader: Sendable {
  let pages: PageReader
  let response: HTTPResponse
  let author: User
  let source: CrawlSource
  let context: CrawlContext

  /// What a response gave.
  enum Result: Sendable {
    case document(RawDocument)
    case feed(Feed)
    case failure(String)
  }

  /// Reads the response by its status and content type.
  ///
  /// - Throws: `CancellationError`.
  func read() async throws -> Result {
    guard let final = try? WebAddress(response.url) else {
      return .failure("it redirects to a link that is not followed")
    }
    if final.isLinkedIn { return .failure(CrawlError.linkedInPage(link: final.redacted).description) }
    if let problem = statusProblem { return .failure(problem) }
    switch mediaType {
    case "text/html", "application/xhtml+xml", nil: return page(at: final)
    case "text/markdown", "text/x-markdown": return plainText(at: final, isMarkdown: true)
    case "text/plain": return plainText(at: final, isMarkdown: fileSuffix(final.path) == "md")
    case "application/pdf": return try await pdf(at: final)
    case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml":
      return feed
    case .some(let type): return .failure("the link is of type \(oneLine(type)), which holds no article")
    }
  }

  private var statusProblem: String? {
    switch response.status {
    case 200..<300: nil
    case 304: "the server says that the page has not changed, though it was never crawled; try again later"
    case 401, 403, 407:
      "the server refuses the page (HTTP \(response.status)); save it from a browser as HTML and name the file in `sources`"
    case 404: "there is no such page (HTTP 404); correct the link or remove it from `sources`"
    case 410: "the page is gone for good (HTTP 410); remove the link from `sources`"
    case 429: "the server asks for fewer requests (HTTP 429); try again later, with a longer `crawl.delay`"
    case 451: "the page is withheld for legal reasons (HTTP 451); remove the link from `sources`"
    case 500...: "the server failed (HTTP \(response.status)); try again later"
    default: "the server answered HTTP \(response.status), which holds no page; check the link"
    }
  }

  /// The content type without parameters, lower case.
  private var mediaType: String? {
    response.headers["Content-Type"].map {
      $0.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
  }

  private var feed: Result {
    guard let feed = Feed(response.body, limit: context.limits.feedEntries) else {
      return .failure("the link is an XML document that is no feed; check the link")
    }
    return feed.entries.isEmpty ? .failure("the feed announces no articles; check the link") : .feed(feed)
  }

  private func page(at final: WebAddress) -> Result {
    do {
      let page = try pages.read(response.body, response.headers["Content-Type"], final.redacted)
      if let problem = page.problem { return .failure(problem.advice(isSaved: false)) }
      let link = linkOf(page, at: final)
      return .document(
        page.document(link: canonicalLink(of: link), platform: link.platform, author: author, crawl: record(final)))
    } catch {
      return .failure("the page cannot be read: \(error)")
    }
  }

  /// A page may choose its link on its own host only: else any page could take the place of another author's article.
  private func linkOf(_ page: ExtractedPage, at final: WebAddress) -> WebAddress {
    guard let canonical = page.canonicalURL.flatMap({ try? WebAddress($0) }), canonical.site == final.site,
      // A front page that a careless template names on every article is no article's link.
      canonical.path != "/" || final.path == "/"
    else { return final }
    return canonical
  }

  private func plainText(at final: WebAddress, isMarkdown: Bool) -> Result {
    guard let text = decodedText(response.body) else { return .failure("the link is a binary file, not a text") }
    let note = isMarkdown ? FrontMatter(of: text) : FrontMatter(plainText: text)
    guard note.body.utf8.contains(where: { $0 > 0x20 }) else { return .failure("the page is empty; check the link") }
    return .document(
      document(
        title: note["title"] ?? (isMarkdown ? firstHeading(of: note.body) : nil), text: note.body, at: final))
  }

  private func pdf(at final: WebAddress) async throws -> Result {
    do {
      let text = try await pdfText(
        response.body, item: final.redacted, workFolder: context.workFolder, limits: context.limits)
      guard !text.isEmpty else { return .failure("the PDF holds no text, only pictures") }
      return .document(document(title: nil, text: text, at: final))
    } catch let error as CrawlError {
      return .failure(error.description)
    }
  }

  private func document(title: String?, text: String, at final: WebAddress) -> RawDocument {
    let fallback = final.path.split(separator: "/").last.map { $0.removingPercentEncoding ?? String($0) }
    return RawDocument(
      category: .articles, link: canonicalLink(of: final), platform: final.platform, author: author,
      title: title ?? fallback, text: text, crawl: record(final))
  }

  private func record(_ final: WebAddress) -> CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, url: final.redacted, fetchedAt: context.date,
      entityTag: response.validator?.entityTag,
      lastModified: response.validator?.lastModified)
  }
}
