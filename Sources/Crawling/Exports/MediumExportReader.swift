import Domain
import Foundation

/// Makes the documents of a Medium export.
struct MediumExportReader: ExportReader {
  let pages: PageReader
  let author: User
  let visit: ExportVisit

  func isTable(_ name: String) -> Bool { false }

  func isPage(_ name: String) -> Bool { isExportedPost(name) }

  func begin(_ files: ExportFiles) throws(CrawlError) -> [CrawlEvent] {
    guard !files.pages.isEmpty || !files.refused.isEmpty else {
      throw .unsupportedExport(path: visit.path, found: "it is no Medium export: it holds no posts/*.html")
    }
    return []
  }

  func read(_ name: String, _ bytes: [UInt8]) -> CrawlEvent? {
    if !visit.isOn("drafts"), fileName(name).lowercased().hasPrefix("draft_") {
      return .skipped(Skip(item: name, reason: "a draft"))
    }
    return result(bytes, name: name).event(skipping: name, failing: "\(visit.path)/\(name)")
  }

  private func result(_ bytes: [UInt8], name: String) -> NoteReader.Result {
    let post = MediumExportPost(bytes)
    do {
      let page = try pages.read(Array(post.html.utf8), "text/html; charset=utf-8", nil)
      guard let address = link(of: page, name: name) else {
        return .failure("the post has no link, neither in its page nor by its file's name; was the file renamed?")
      }
      // Whatever it looks like to a reader of pages, the member wrote it.
      guard page.markdown.utf8.contains(where: { $0 > 0x20 }) else { return .skip("a post without text") }
      var document = page.document(
        link: canonicalLink(of: address), platform: address.platform, author: author,
        crawl: visit.record(Producer.mediumExport, of: bytes))
      document.text = withoutRepeatedQuotes(Self.withoutTitle(document.text, document.title))
      document.publishedAt = post.date ?? document.publishedAt
      if post.isReply(title: document.title, text: document.text) {
        // The title of a reply is the beginning of its text.
        document.category = .posts
        (document.title, document.subtitle) = (nil, nil)
        document.relation = .reply(to: nil)
      }
      return .document(document)
    } catch {
      return .failure("the post cannot be read: \(error)")
    }
  }

  /// The text without the heading that repeats the title, which stands at the top of every body.
  private static func withoutTitle(_ markdown: String, _ title: String?) -> String {
    let heading = markdown.prefix { !$0.isNewline }
    guard let title, heading.hasPrefix("#"), heading.drop(while: { $0 == "#" || $0 == " " }) == title else {
      return markdown
    }
    return String(markdown.dropFirst(heading.count).drop(while: \.isNewline))
  }

  /// The link that the page calls canonical, else the one that Medium makes of the number in the file's name.
  private func link(of page: ExtractedPage, name: String) -> WebAddress? {
    if let named = page.canonicalURL.flatMap({ try? WebAddress($0) }) { return named }
    let stem = fileName(name).dropLast(5)
    let identifier = stem.split { $0 == "-" || $0 == "_" }.last ?? ""
    guard (8...16).contains(identifier.utf8.count), identifier.allSatisfy(\.isHexDigit) else { return nil }
    return try? WebAddress("https://medium.com/p/\(identifier)")
  }
}
