import Domain
import Foundation

/// Makes the documents of a Substack export.
struct SubstackExportReader: Sendable {
  let pages: PageReader
  let author: User
  let visit: ExportVisit
  /// Where the posts are published, if the user says so.
  let publication: WebAddress?

  /// Whether a file is the list of posts, at the top of the export or in the one folder that it lies in.
  static func isTable(_ path: String) -> Bool {
    fileName(path).lowercased() == "posts.csv" && path.split(separator: "/").count <= 2
  }

  /// Reads what the export holds.
  func events(of files: ExportFiles) -> [CrawlEvent] {
    guard let list = files.contents.first(where: { Self.isTable($0.name) }) else { return [] }
    let table = ExportTable(list.bytes, required: ["post_id", "title"])
    var events: [CrawlEvent] = []
    if let problem = table.problem {
      let message = "cannot read \(list.name): \(problem)"
      events.append(.failed(CrawlFailure(item: "\(visit.path)/\(list.name)", message: message)))
    }
    var texts: [String: (name: String, bytes: [UInt8])] = [:]
    for file in files.contents where isExportedPost(file.name) { texts[Self.number(fileName(file.name))] = file }
    for row in table.rows {
      let number = Self.number(row.trimmed("post_id"))
      let text = texts.removeValue(forKey: number)
      let item = text?.name ?? "\(list.name):\(row.line)"
      events.append(result(row, number, text).event(skipping: item, failing: "\(visit.path)/\(item)"))
    }
    for name in texts.values.map(\.name).sorted() {
      events.append(.skipped(Skip(item: name, reason: "not in posts.csv")))
    }
    return events
  }

  private func result(
    _ row: ExportTable.Row, _ number: String, _ file: (name: String, bytes: [UInt8])?
  ) -> NoteReader.Result {
    let kind = row.trimmed("type").lowercased()
    guard !["thread", "restack"].contains(kind) else { return .skip("a \(kind), which has no text of its own") }
    let date = Self.date(row.trimmed("post_date"))
    let isPublished =
      row.trimmed("is_published").lowercased() != "false" && date.map { $0 <= visit.context.date } ?? true
    guard isPublished || visit.isOn("drafts") else { return .skip("a draft") }
    guard let file else {
      return kind == "podcast" ? .skip("a podcast without text") : .failure("its text is not in the export")
    }
    let html = quotingTweets(String(decoding: file.bytes, as: UTF8.self))
    let page = Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
    do {
      let link = link(number: number, slug: Self.slug(fileName(file.name).dropLast(5)))
      let read = try pages.read(page, "text/html; charset=utf-8", link.hasPrefix("https:") ? link : nil)
      guard read.markdown.utf8.contains(where: { $0 > 0x20 }) else { return .skip("a post without text") }
      var document = read.document(
        link: link, platform: publication?.platform ?? "substack", author: author,
        crawl: visit.record(Producer.substackExport, of: file.bytes))
      document.title = Self.line(row["title"])
      document.subtitle = Self.line(row["subtitle"])
      document.publishedAt = date
      let audience = row.trimmed("audience").lowercased()
      document.tags += audience.isEmpty ? [] : ["audience:\(audience)"]
      return .document(document)
    } catch {
      return .failure("the post cannot be read: \(error)")
    }
  }

  // MARK: Values

  private func link(number: String, slug: String) -> String {
    guard let publication, !slug.isEmpty,
      let address = try? WebAddress("\(publication.origin)/p/\(percentEncodedPath(slug))")
    else { return "urn:substack:post:\(number)" }
    return canonicalLink(of: address)
  }

  /// The number of `1234.a-slug`, by which list and files belong together.
  private static func number(_ name: String) -> String {
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? name.lowercased() : String(digits)
  }

  /// The slug of `1234.a-slug`.
  private static func slug(_ stem: some StringProtocol) -> String {
    stem.firstIndex(of: ".").map { String(stem[stem.index(after: $0)...]) } ?? ""
  }

  /// Titles may hold line breaks.
  private static func line(_ text: String) -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private static func date(_ text: String) -> Date? {
    (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(text, strategy: .iso8601))
  }
}
