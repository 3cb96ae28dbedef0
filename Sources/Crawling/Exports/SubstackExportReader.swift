import Domain
import Foundation

/// Makes the documents of a Substack export.
struct SubstackExportReader: ExportReader {
  let pages: PageReader
  let author: User
  let visit: ExportVisit
  /// Where the posts are published, if the user says so.
  let publication: WebAddress?
  /// The rows of the list whose texts were not read yet, in the order of the list.
  private var rows: [(number: String, row: ExportTable.Row)?] = []
  /// Where the row of a number stands among them.
  private var places: [String: Int] = [:]
  /// The name of the list, if it is there.
  private var listName: String?

  init(pages: PageReader, author: User, visit: ExportVisit, publication: WebAddress?) {
    self.pages = pages
    self.author = author
    self.visit = visit
    self.publication = publication
  }

  /// Whether a file is the list of posts, at the top of the export or in the one folder that it lies in.
  static func isTable(_ path: String) -> Bool {
    fileName(path).lowercased() == "posts.csv" && path.split(separator: "/").count <= 2
  }

  func isTable(_ name: String) -> Bool { Self.isTable(name) }

  func isPage(_ name: String) -> Bool { isExportedPost(name) }

  mutating func begin(_ files: ExportFiles) throws(CrawlError) -> [CrawlEvent] {
    guard let list = files.contents.first else {
      guard !files.refused.isEmpty else {
        throw .unsupportedExport(path: visit.path, found: "it is no Substack export: it holds no posts.csv")
      }
      return []
    }
    listName = list.name
    let table = ExportTable(list.bytes, required: ["post_id", "title"])
    for row in table.rows {
      let number = Self.number(row.trimmed("post_id"))
      if places[number] == nil { places[number] = rows.count }
      rows.append((number, row))
    }
    var events: [CrawlEvent] = []
    if let problem = table.problem {
      let message = "cannot read \(list.name): \(problem)"
      events.append(.failed(CrawlFailure(item: "\(visit.path)/\(list.name)", message: message)))
    }
    if publication == nil, !rows.isEmpty {
      let advice =
        "its posts have links such as urn:substack:post:1234, and become other documents once the source says where they "
        + "were published, such as `publication: https://ada.substack.com`"
      events.append(.warned("\(visit.path): \(advice)"))
    }
    return events
  }

  mutating func read(_ name: String, _ bytes: [UInt8]) -> CrawlEvent? {
    guard listName != nil else { return nil }
    let number = Self.number(fileName(name))
    guard let place = places.removeValue(forKey: number), let (_, row) = rows[place] else {
      return .skipped(Skip(item: name, reason: "not in posts.csv"))
    }
    rows[place] = nil
    return result(row, number, (name, bytes)).event(skipping: name, failing: "\(visit.path)/\(name)")
  }

  mutating func end() -> [CrawlEvent] {
    rows.compactMap { $0 }.map { number, row in
      let item = "\(listName ?? "posts.csv"):\(row.line)"
      return result(row, number, nil).event(skipping: item, failing: "\(visit.path)/\(item)")
    }
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
