import Domain
import Foundation
import HTTP

/// Makes the document of one response of success, or finds out what it leads to.
struct ResponseReader: Sendable {
  let pages: PageReader
  let response: HTTPResponse
  let state: FetchState
  let author: User
  let source: CrawlSource
  let context: CrawlContext
  /// Whether a home page leads to the articles that it lists.
  let mayLead: Bool

  /// What a response gave.
  enum Result: Sendable {
    case document(RawDocument)
    case feed(Feed)
    case sitemap(Sitemap)
    /// A home page: the addresses by which its articles may be found, in the order of preference, and why it is no
    /// article itself, if it is none.
    case home([String], String?)
    case skip(String)
    case failure(String)
  }

  /// Reads the response by its bytes, its status and content type.
  ///
  /// - Throws: `CancellationError`.
  func read() async throws -> Result {
    guard let final = try? WebAddress(response.url) else {
      return .failure("it redirects to a link that is not followed")
    }
    if final.isLinkedIn { return .failure(CrawlError.linkedInPage(link: final.redacted).description) }
    if isGzip(response.body) { return packed() }
    if let kind = ListKind(response.body, contentType: contentType) { return list(kind, response.body, at: final) }
    switch mediaType {
    case "text/html", "application/xhtml+xml", nil: return page(at: final)
    case "text/markdown", "text/x-markdown": return plainText(at: final, isMarkdown: true)
    case "text/plain":
      if fileSuffix(final.path) == "txt", let sitemap = Sitemap(lines: response.body, limits: context.limits.sitemap) {
        return .sitemap(sitemap)
      }
      return plainText(at: final, isMarkdown: fileSuffix(final.path) == "md")
    case "application/pdf": return try await pdf(at: final)
    case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml":
      return otherXML(at: final)
    case "application/json", "application/feed+json", "text/json": return json(at: final)
    case .some(let type): return .failure("the link is of type \(oneLine(type)), which holds no article")
    }
  }

  private var contentType: String? { response.headers["Content-Type"] }

  /// The content type without parameters, lower case.
  private var mediaType: String? {
    contentType.map { $0.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased() }
  }

  // MARK: Lists

  private func list(_ kind: ListKind, _ bytes: [UInt8], at final: WebAddress) -> Result {
    do {
      switch kind {
      case .feed:
        let feed = try Feed(
          bytes, contentType: contentType, address: final.text, limit: context.limits.feed.entries)
        return feed.entries.isEmpty ? .failure("the feed announces no articles; check the link") : .feed(feed)
      case .sitemap:
        let sitemap = try Sitemap(bytes, contentType: contentType, limits: context.limits.sitemap)
        return sitemap.entries.isEmpty ? .failure("the sitemap names no pages; check the link") : .sitemap(sitemap)
      }
    } catch {
      return .failure("the list of articles is not read: \(error)")
    }
  }

  /// A file that is packed itself, besides what HTTP packs: sitemaps are.
  private func packed() -> Result {
    do {
      let bytes = try gunzipped(
        response.body, limit: context.limits.sitemap.fileBytes, ratio: context.limits.archive.ratio)
      guard let kind = ListKind(bytes, contentType: nil), let final = try? WebAddress(response.url) else {
        return .failure("the link is a packed file that holds no article")
      }
      return list(kind, bytes, at: final)
    } catch GzipProblem.tooLarge {
      return .failure(
        "the link is a packed file that unpacks to more than \(context.limits.sitemap.fileBytes) bytes, or to "
          + "\(context.limits.archive.ratio) times its own size")
    } catch {
      return .failure("the link is a packed file that is damaged or cut off; try again later")
    }
  }

  private func otherXML(at final: WebAddress) -> Result {
    do {
      if try XMLText(response.body, contentType: contentType).root == "html" { return page(at: final) }
      return .failure("the link is an XML document that is no feed and no sitemap; check the link")
    } catch {
      return .failure("the link is no feed that is read: \(error); check the link")
    }
  }

  private func json(at final: WebAddress) -> Result {
    guard let post = SubstackPost(json: response.body) else {
      return .failure("the link is JSON that is no feed; check the link")
    }
    return post.result(at: final, pages: pages, author: author, record: record(final, Producer.substack))
  }

  // MARK: Pages

  private func page(at final: WebAddress) -> Result {
    do {
      let page = try pages.read(response.body, contentType, final.redacted)
      let problem = page.problem
      let advice = problem?.advice(isSaved: false)
      if mayLead {
        let leads = HomePage(html: response.body, contentType: contentType, address: final, problem: problem).leads
        if !leads.isEmpty { return .home(leads, advice) }
      }
      if let problem, let advice { return problem.isFailure ? .failure(advice) : .skip(advice) }
      let link = linkOf(page, at: final)
      return .document(
        page.document(
          link: canonicalLink(of: link), platform: link.platform, author: author,
          crawl: record(final, Producer.page)))
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
    guard let text = decodedText(response.body, contentType: response.headers["Content-Type"]) else {
      return .failure("the link is a binary file, not a text")
    }
    let note = isMarkdown ? FrontMatter(of: text) : FrontMatter(plainText: text)
    guard note.body.utf8.contains(where: { $0 > 0x20 }) else { return .failure("the page is empty; check the link") }
    return .document(
      document(
        title: note["title"] ?? (isMarkdown ? firstHeading(of: note.body) : nil), text: note.body, at: final,
        producer: Producer.text))
  }

  private func pdf(at final: WebAddress) async throws -> Result {
    do {
      let pdf = try await context.gate.withLocalTurn {
        try await PDFText.read(
          response.body, item: final.redacted, options: PDFOptions(source), workFolder: context.workFolder,
          limits: context.limits)
      }
      guard !pdf.text.isEmpty else { return .failure("the PDF holds no text, only pictures") }
      var document = document(title: pdf.title, text: pdf.text, at: final, producer: Producer.pdf)
      document.publishedAt = pdf.date
      return .document(document)
    } catch let error as CrawlError {
      return .failure(error.description)
    }
  }

  private func document(title: String?, text: String, at final: WebAddress, producer: String) -> RawDocument {
    let fallback = final.path.split(separator: "/").last.map { $0.removingPercentEncoding ?? String($0) }
    return RawDocument(
      category: .articles, link: canonicalLink(of: final), platform: final.platform, author: author,
      title: title ?? fallback, text: text, crawl: record(final, producer))
  }

  private func record(_ final: WebAddress, _ producer: String) -> CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, requestedURL: state.url, url: final.redacted, fetchedAt: context.date,
      status: response.status, entityTag: state.entityTag, lastModified: state.lastModified,
      bodyHash: state.bodyHash, producer: producer)
  }
}
