import Domain
import Foundation

/// Makes the documents of a LinkedIn export.
struct LinkedInExportReader: ExportReader {
  let pages: PageReader
  let author: User
  let visit: ExportVisit
  /// What of the export is wanted.
  let parts: Set<LinkedInPart>
  /// The visibilities, lower case, of the shares that are wanted; empty for all.
  let visibilities: Set<String>
  /// Whether the export has all that it may have: the first archive that LinkedIn sends has no posts.
  private(set) var hasShares = false

  init(pages: PageReader, author: User, visit: ExportVisit, parts: Set<LinkedInPart>, visibilities: Set<String>) {
    self.pages = pages
    self.author = author
    self.visit = visit
    self.parts = parts
    self.visibilities = visibilities
  }

  func isTable(_ name: String) -> Bool { !LinkedInFile.isArticle(name) && LinkedInPart.isWanted(name, of: parts) }

  func isPage(_ name: String) -> Bool { LinkedInFile.isArticle(name) && LinkedInPart.isWanted(name, of: parts) }

  mutating func begin(_ files: ExportFiles) throws(CrawlError) -> [CrawlEvent] {
    guard !files.contents.isEmpty || !files.pages.isEmpty || !files.refused.isEmpty else {
      throw .unsupportedExport(path: visit.path, found: foundInstead(files.names))
    }
    hasShares = !parts.contains(.shares) || files.contents.contains { LinkedInFile($0.name) == .shares }
    let media = richMedia(of: files)
    var events = media.events
    if let file = best(.shares, of: files) {
      events += shareEvents(file, media: media.byLink)
    } else if parts.contains(.shares) {
      let reason = "LinkedIn sends the posts in the larger archive, up to a day after the first one"
      events.append(.skipped(Skip(item: "Shares.csv", reason: reason)))
    }
    events += unusedMedia(media, files)
    if let file = best(.comments, of: files) { events += commentEvents(file) }
    if let event = profileEvent(files) { events.append(event) }
    return events
  }

  func read(_ name: String, _ bytes: [UInt8]) -> CrawlEvent? {
    LinkedInArticle(bytes, pages: pages).result(author: author, record: visit.record(Producer.linkedIn, of: bytes))
      .event(skipping: name, failing: "\(visit.path)/\(name)")
  }

  /// What the archive seems to be, and what to do about it.
  private func foundInstead(_ names: [String]) -> String {
    if names.isEmpty { return "it holds no files" }
    switch ExportKind(names) {
    case .substack:
      return "it is a Substack export; say `crawler: \(CrawlerKind.substackExport)`, or leave `crawler` out"
    case .medium: return "it is a Medium export; say `crawler: \(CrawlerKind.mediumExport)`, or leave `crawler` out"
    case .linkedIn where parts.count < LinkedInPart.allCases.count:
      return "it is a LinkedIn export without what `include` asks for"
    case .linkedIn:
      return """
        it is a LinkedIn export without posts (no Shares.csv); LinkedIn sends them in the larger archive, up to a day \
        after the first one
        """
    case nil:
      let some = oneLine(names.sorted().prefix(3).joined(separator: ", "))
      return "it is no LinkedIn export: it holds no Shares.csv but \(some)"
    }
  }

  // MARK: Shares

  private func shareEvents(_ file: File, media: [String: RichMediaFile.Medium]) -> [CrawlEvent] {
    let shares = SharesFile(file.bytes)
    var events = problem(shares.problem, of: file)
    var (reposts, hidden) = (0, 0)
    for share in shares.shares {
      guard share.commentary.utf8.contains(where: { $0 > 0x20 }) else {
        reposts += 1
        continue
      }
      guard visibilities.isEmpty || visibilities.contains(share.visibility?.lowercased() ?? "") else {
        hidden += 1
        continue
      }
      guard let address = try? WebAddress(share.link), address.isLinkedIn else {
        events.append(noLink(of: share.line, in: file))
        continue
      }
      events.append(.document(document(of: share, at: address, medium: media[share.mediaURL])))
    }
    events += skip(reposts, of: file, "reposts without own words")
    return events + skip(hidden, of: file, "shares of a visibility that is not asked for")
  }

  private func document(
    of share: SharesFile.Share, at address: WebAddress, medium: RichMediaFile.Medium?
  ) -> RawDocument {
    var text = share.commentary
    if let medium { text += "\n\n\(medium.description)" }
    let link = LinkedInPostName.link(of: address)
    let shared = (try? WebAddress(share.sharedURL)).flatMap { LinkedInPostName($0) }.map(\.link)
    return RawDocument(
      category: .posts, link: link, platform: "linkedin", author: author, text: text,
      image: medium.flatMap { canonicalLink($0.link) }, publishedAt: share.date,
      tags: share.visibility.map { ["visibility:\($0.lowercased())"] } ?? [],
      relation: shared.flatMap { $0 == link ? nil : .reshare(of: $0) }, crawl: visit.record(Producer.linkedIn))
  }

  // MARK: Media

  private struct Media {
    var byLink: [String: RichMediaFile.Medium] = [:]
    var events: [CrawlEvent] = []
    var file: File?
  }

  private func richMedia(of files: ExportFiles) -> Media {
    guard let file = best(.richMedia, of: files) else { return Media() }
    let table = RichMediaFile(file.bytes)
    let events = problem(table.problem, of: file) + skip(table.wordless, of: file, "media without a description")
    let pairs = table.media.filter { !$0.link.isEmpty }.map { ($0.link, $0) }
    return Media(byLink: Dictionary(pairs) { first, _ in first }, events: events, file: file)
  }

  /// What the member said about media that belong to no post of the export.
  private func unusedMedia(_ media: Media, _ files: ExportFiles) -> [CrawlEvent] {
    guard let file = media.file else { return [] }
    let shared = best(.shares, of: files).map { SharesFile($0.bytes).shares.map(\.mediaURL) } ?? []
    return media.byLink.values.filter { !shared.contains($0.link) }.sorted { $0.line < $1.line }.map { medium in
      guard let link = canonicalLink(medium.link) else { return noLink(of: medium.line, in: file) }
      return .document(
        RawDocument(
          category: .posts, link: link, platform: "linkedin", author: author, text: medium.description, image: link,
          publishedAt: medium.date, crawl: visit.record(Producer.linkedIn)))
    }
  }

  // MARK: Comments

  private func commentEvents(_ file: File) -> [CrawlEvent] {
    let table = ExportTable(file.bytes, required: ["Link", "Message"], escape: .backslashOrDoubling)
    var events = problem(table.problem, of: file)
    var wordless = 0
    for row in table.rows {
      let message = row.trimmed("message")
      guard !message.isEmpty else {
        wordless += 1
        continue
      }
      guard let address = try? WebAddress(row.trimmed("link")), address.isLinkedIn else {
        events.append(noLink(of: row.line, in: file))
        continue
      }
      let name = LinkedInCommentName(address)
      events.append(
        .document(
          RawDocument(
            category: .posts, link: name.link(date: row.trimmed("date"), message: message), platform: "linkedin",
            author: author, text: message, publishedAt: checkedDate(exportDate(row.trimmed("date")), made: name.date),
            relation: .reply(to: name.answered), crawl: visit.record(Producer.linkedIn))))
    }
    return events + skip(wordless, of: file, "comments without words")
  }

  // MARK: Profile

  private func profileEvent(_ files: ExportFiles) -> CrawlEvent? {
    let profile = best(.profile, of: files)
    guard profile != nil || best(.profileSummary, of: files) != nil else { return nil }
    let text = LinkedInProfile(
      profile: profile?.bytes, summary: best(.profileSummary, of: files)?.bytes,
      positions: best(.positions, of: files)?.bytes, projects: best(.projects, of: files)?.bytes,
      publications: best(.publications, of: files)?.bytes)
    let name = profile?.name ?? "Profile.csv"
    guard let words = text.words else { return .skipped(Skip(item: name, reason: "a profile without words")) }
    return .document(
      RawDocument(
        category: .articles, link: "urn:linkedin:profile:\(author.id.uuidString)", platform: "linkedin", author: author,
        title: text.headline ?? author.fullName, text: words, crawl: visit.record(Producer.linkedIn)))
  }

  // MARK: Files

  private typealias File = (name: String, bytes: [UInt8])

  /// The file itself if it is there, before one that carries the member's number.
  private func best(_ wanted: LinkedInFile, of files: ExportFiles) -> File? {
    let candidates = files.contents.filter { LinkedInFile($0.name) == wanted }
    return candidates.first { LinkedInFile.isPlain($0.name) } ?? candidates.first
  }

  private func problem(_ problem: String?, of file: File) -> [CrawlEvent] {
    guard let problem else { return [] }
    let message = "cannot read \(file.name): \(problem)"
    return [.failed(CrawlFailure(item: "\(visit.path)/\(file.name)", message: message))]
  }

  private func noLink(of line: Int, in file: File) -> CrawlEvent {
    let message = "the row on line \(line) of \(file.name) has no link to LinkedIn, so it has no identity"
    return .failed(CrawlFailure(item: "\(visit.path)/\(file.name):\(line)", message: message))
  }

  private func skip(_ count: Int, of file: File, _ reason: String) -> [CrawlEvent] {
    count > 0 ? [.skipped(Skip(item: file.name, reason: reason, count: count))] : []
  }
}
