import Domain
import Foundation

/// An article of a LinkedIn export: a page of `Articles/`.
struct LinkedInArticle: Sendable {
  private let bytes: [UInt8]
  private let pages: PageReader

  /// Takes the page and what reads pages.
  init(_ bytes: [UInt8], pages: PageReader) {
    self.bytes = bytes
    self.pages = pages
  }

  /// The article's document. A draft has no link and is left out.
  func result(author: User, record: CrawlRecord) -> NoteReader.Result {
    let html = String(decoding: bytes, as: UTF8.self)
    guard let link = pulseLink(in: html) else { return .skip("a draft: it has no link") }
    do {
      let page = try pages.read(bytes, nil, link)
      if let problem = page.problem {
        let advice = problem.advice(isSaved: true)
        return problem.isFailure ? .failure(advice) : .skip(advice)
      }
      var document = page.document(link: link, platform: "linkedin", author: author, crawl: record)
      document.text = withoutStamps(document.text)
      document.publishedAt = published(in: html) ?? document.publishedAt
      return .document(document)
    } catch {
      return .failure("the article cannot be read: \(error)")
    }
  }

  /// The address of a published article, which the heading of its file links to.
  private func pulseLink(in html: String) -> String? {
    guard let heading = html.range(of: "<h1", options: .caseInsensitive),
      let start = html.range(of: "https://www.linkedin.com/pulse/", range: heading.upperBound..<html.endIndex)
    else { return nil }
    let link = html[start.lowerBound...].prefix { !"\"'<> ".contains($0) }
    return canonicalLink(String(link))
  }

  /// The date of the line `Published on 2019-05-03 11:05`, which older exports have; newer ones have no date at all.
  private func published(in html: String) -> Date? {
    guard let mark = html.range(of: "Published on ") else { return nil }
    let stamp = html[mark.upperBound...].prefix(16)
    return exportDate(stamp + ":00")
  }

  /// The text without the lines that tell when the article was made, which are not the member's words.
  private func withoutStamps(_ markdown: String) -> String {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    let stamps = lines.prefix(12).indices.filter { index in
      ["Created on ", "Published on "].contains { mark in
        let line = lines[index].drop { $0 == "*" || $0 == "_" }
        return line.hasPrefix(mark) && exportDate(line.dropFirst(mark.count).prefix(16) + ":00") != nil
      }
    }
    guard !stamps.isEmpty else { return markdown }
    let kept = lines.indices.filter { !stamps.contains($0) }.map { lines[$0] }
    return String(kept.joined(separator: "\n").drop { $0.isNewline })
  }
}
