import Domain
import Foundation

/// Makes the documents of a LinkedIn export.
struct LinkedInExportReader: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let path: String
  let date: Date

  /// Whether a file of an export is an article of the member's.
  static func isArticle(_ name: String) -> Bool {
    let folders = name.split(separator: "/").dropLast()
    return fileSuffix(name) == "html" && folders.contains { $0.lowercased() == "articles" }
  }

  /// Reads what the export holds.
  func events(of files: ExportFiles) -> [CrawlEvent] {
    var events = files.refused.map { item, reason in
      CrawlEvent.failed(
        CrawlFailure(item: "\(path)/\(oneLine(item))", message: "an entry was not read: \(reason)"))
    }
    if let file = sharesFile(of: files) { events += shareEvents(file) }
    for (name, bytes) in files.contents where Self.isArticle(name) {
      events.append(article(bytes, name: name).event(skipping: name, failing: "\(path)/\(name)"))
    }
    return events
  }

  /// `Shares.csv` itself if it is there, before one that carries the member's number.
  private func sharesFile(of files: ExportFiles) -> (name: String, bytes: [UInt8])? {
    let candidates = files.contents.filter { SharesFile.isName(fileName($0.name)) }
    return candidates.first { fileName($0.name).lowercased() == "shares.csv" } ?? candidates.first
  }

  private func shareEvents(_ file: (name: String, bytes: [UInt8])) -> [CrawlEvent] {
    let shares = SharesFile(file.bytes)
    var events: [CrawlEvent] = []
    if let problem = shares.problem {
      let message = "cannot read \(file.name): \(problem)"
      events.append(.failed(CrawlFailure(item: "\(path)/\(file.name)", message: message)))
    }
    var reposts = 0
    for share in shares.shares {
      guard share.commentary.utf8.contains(where: { $0 > 0x20 }) else {
        reposts += 1
        continue
      }
      guard let address = try? WebAddress(share.link), address.isLinkedIn else {
        let message = "the row on line \(share.line) of \(file.name) has no link to LinkedIn, so it has no identity"
        events.append(.failed(CrawlFailure(item: "\(path)/\(file.name):\(share.line)", message: message)))
        continue
      }
      events.append(.document(document(of: share, link: canonicalLink(of: address))))
    }
    if reposts > 0 {
      events.append(.skipped(Skip(item: file.name, reason: "reposts without own words", count: reposts)))
    }
    return events
  }

  private func document(of share: SharesFile.Share, link: String) -> RawDocument {
    let visibility = share.visibility.map { "visibility:\($0.lowercased())" }
    return RawDocument(
      category: .posts, link: link, platform: "linkedin", author: author, text: share.commentary,
      publishedAt: share.date, tags: visibility.map { [$0] } ?? [], crawl: record)
  }

  private func article(_ bytes: [UInt8], name: String) -> NoteReader.Result {
    guard let link = pulseLink(in: bytes) else { return .skip("a draft: it has no link") }
    do {
      let page = try pages.read(bytes, nil, link)
      if let problem = page.problem {
        let advice = problem.advice(isSaved: true)
        return problem.isFailure ? .failure(advice) : .skip(advice)
      }
      return .document(page.document(link: link, platform: "linkedin", author: author, crawl: record))
    } catch {
      return .failure("the article cannot be read: \(error)")
    }
  }

  private var record: CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, url: "file://" + percentEncodedPath(path), fetchedAt: date,
      producer: Producer.linkedIn)
  }

  /// The address of a published article, which the heading of its file links to.
  private func pulseLink(in bytes: [UInt8]) -> String? {
    let html = String(decoding: bytes, as: UTF8.self)
    guard let heading = html.range(of: "<h1", options: .caseInsensitive),
      let start = html.range(of: "https://www.linkedin.com/pulse/", range: heading.upperBound..<html.endIndex)
    else { return nil }
    let link = html[start.lowerBound...].prefix { !"\"'<> ".contains($0) }
    return canonicalLink(String(link))
  }
}
