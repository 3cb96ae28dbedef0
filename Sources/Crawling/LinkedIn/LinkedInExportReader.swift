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
  func outcome(of files: ExportFiles) -> CrawlOutcome {
    var documents: [RawDocument] = []
    var skipped: [Skip] = []
    var failures = files.refused.map {
      CrawlFailure(item: "\(path)/\(oneLine($0.item))", message: "an entry was not read: \($0.reason)")
    }
    if let file = sharesFile(of: files) { addShares(file, &documents, &skipped, &failures) }
    for (name, bytes) in files.contents where Self.isArticle(name) {
      switch article(bytes, name: name) {
      case .document(let document): documents.append(document)
      case .skip(let reason): skipped.append(Skip(item: name, reason: reason))
      case .failure(let message): failures.append(CrawlFailure(item: "\(path)/\(name)", message: message))
      }
    }
    return CrawlOutcome(documents: documents, skipped: skipped, failures: failures, isExhaustive: true)
  }

  /// `Shares.csv` itself if it is there, before one that carries the member's number.
  private func sharesFile(of files: ExportFiles) -> (name: String, bytes: [UInt8])? {
    let candidates = files.contents.filter { SharesFile.isName(fileName($0.name)) }
    return candidates.first { fileName($0.name).lowercased() == "shares.csv" } ?? candidates.first
  }

  private func addShares(
    _ file: (name: String, bytes: [UInt8]), _ documents: inout [RawDocument], _ skipped: inout [Skip],
    _ failures: inout [CrawlFailure]
  ) {
    let shares = SharesFile(file.bytes)
    if let problem = shares.problem {
      failures.append(CrawlFailure(item: "\(path)/\(file.name)", message: "cannot read \(file.name): \(problem)"))
    }
    var reposts = 0
    for share in shares.shares {
      guard share.commentary.utf8.contains(where: { $0 > 0x20 }) else {
        reposts += 1
        continue
      }
      guard let address = try? WebAddress(share.link), address.isLinkedIn else {
        let message = "the row on line \(share.line) of \(file.name) has no link to LinkedIn, so it has no identity"
        failures.append(CrawlFailure(item: "\(path)/\(file.name):\(share.line)", message: message))
        continue
      }
      documents.append(document(of: share, link: canonicalLink(of: address)))
    }
    if reposts > 0 { skipped.append(Skip(item: file.name, reason: "reposts without own words", count: reposts)) }
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
      if let problem = page.problem { return .failure(problem.advice(isSaved: true)) }
      return .document(page.document(link: link, platform: "linkedin", author: author, crawl: record))
    } catch {
      return .failure("the article cannot be read: \(error)")
    }
  }

  private var record: CrawlRecord {
    CrawlRecord(source: source.redactedLocation, url: "file://" + percentEncodedPath(path), fetchedAt: date)
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
