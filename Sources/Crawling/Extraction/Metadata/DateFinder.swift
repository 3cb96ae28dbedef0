import Foundation

/// Finds the day on which a page was published.
struct DateFinder {
  let tree: HTMLTree
  let head: PageHead
  let content: ContentFinder.Content
  let url: String?

  /// The first day found that is not in the future: declared ones, then those of elements made for dates, then those
  /// that stand in short lines near the headline and the text, then the one in the address, then one in the title; and
  /// if the page tells only when it was changed, that day.
  func find() -> CalendarDay? {
    let latest = CalendarDay(Date().addingTimeInterval(86_400))
    func past(_ text: String) -> CalendarDay? {
      guard let day = DateParser.day(in: text), let latest, day <= latest else { return nil }
      return day
    }
    let lines = DateLines(tree: tree, content: content)
    if let text = declared().first(where: { past($0) != nil }), let day = past(text) {
      return inUTC(text) ? shown(lines.above().lazy.compactMap(past), beside: day) : day
    }
    let elements = elements().lazy.map {
      tree.string(.datetime, of: $0) ?? tree.string(.content, of: $0) ?? shownText($0)
    }
    if let day = elements.compactMap(past).first { return day }
    if let day = lines.above().lazy.compactMap(past).first { return day }
    if let day = inAddress(url ?? head.canonical ?? head.first("og:url") ?? ""), latest.map({ day <= $0 }) == true {
      return day
    }
    if let day = lines.opening().flatMap(past) { return day }
    if let day = lines.below().lazy.compactMap(past).first { return day }
    if let title = head.title ?? head.first("og:title"), let day = past(title) { return day }
    if let day = head.first("description").flatMap(past) { return day }
    if let day = inScripts().lazy.compactMap(past).first { return day }
    return changed().lazy.compactMap(past).first
  }

  /// What an element shows, or else what it tells when pointed at.
  private func shownText(_ index: HTMLTree.Index) -> String {
    let text = tree.lineText(index)
    return text.isEmpty ? tree.string(.title, of: index) ?? "" : text
  }

  /// Whether a moment is given in the time of Greenwich.
  private func inUTC(_ text: String) -> Bool { text.utf8.last == UInt8(ascii: "Z") && text.utf8.count > 16 }

  /// The day that the page shows to its readers, if it is the one before or after `day`: the same moment in their time.
  private func shown(_ days: some Sequence<CalendarDay>, beside day: CalendarDay) -> CalendarDay {
    days.first { abs($0.date.timeIntervalSince(day.date)) <= 86_400 } ?? day
  }

  /// What scripts carry as the date of publication: the values of keys such as `publishedDate`.
  private func inScripts() -> [String] {
    var found: [String] = []
    for index in tree.nodes.indices where tree.tag(index) == .text && tree.tag(tree.parent(index)) == .script {
      let text = Array(tree.text(index).prefix(Self.longestScript))
      var start = 0
      while found.count < 8, let position = ASCII.find("ublish", in: text, from: start) {
        start = position + 6
        let value = text[start..<min(start + 40, text.count)].drop { $0 != UInt8(ascii: ":") }.dropFirst()
          .drop { ASCII.isSpace($0) }
        if value.first == UInt8(ascii: "\"") || value.first == UInt8(ascii: "'") {
          let text = value.dropFirst().prefix { $0 != value.first }
          found.append(String(decoding: text, as: UTF8.self))
        }
      }
    }
    return found
  }

  /// How much of each script is looked at.
  private static let longestScript = 1 << 18

  /// What the page declares; the meta elements first, since they give the day where the page was written, JSON-LD often
  /// the one in Greenwich.
  private func declared() -> [String] {
    var found: [String] = []
    for name in ["article:published_time", "og:article:published_time", "og:published_time"] { found += head.all(name) }
    for article in head.articles {
      if let text = article["datePublished"]?.text ?? article["dateCreated"]?.text { found.append(text) }
    }
    for name in [
      "datepublished", "article.published", "published_time", "citation_publication_date", "citation_date",
      "citation_online_date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
      "publish_date", "publication_date", "publicationdate", "dc.date.issued", "dcterms.issued", "dcterms.available",
      "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date", "date.created", "date_published",
      "originalpublicationdate", "cxenseparse:recs:publishtime", "article:published", "article_date_original",
      "datecreated", "timestamp", "displaydate", "release_date", "rnews:datepublished",
      "analyticsattributes.articledate",
      "video:release_date", "bt:pubdate", "weibo:article:create_at",
    ] {
      found += head.all(name)
    }
    for object in head.objects {
      if let text = object["datePublished"]?.text ?? object["uploadDate"]?.text { found.append(text) }
    }
    return found
  }

  /// When the page says that it was changed last.
  private func changed() -> [String] {
    var found: [String] = []
    for name in [
      "article:modified_time", "og:updated_time", "og:modified_time", "last-modified", "lastmod", "dcterms.modified",
      "dc.date.modified", "datemodified", "revised",
    ] {
      found += head.all(name)
    }
    found += head.objects.compactMap { $0["dateModified"]?.text }
    return found
  }

  /// Elements that show the date of publication, the surest first.
  private func elements() -> [HTMLTree.Index] {
    var ranked: [[HTMLTree.Index]] = [[], [], [], []]
    for index in 1..<max(tree.nodes.count, 1) where tree.nodes[index].count > 0 && tree.tag(index) != .text {
      if tree.tag(index) == .meta { continue }
      let property = tree.string(.itemprop, of: index)?.lowercased()
      if property?.contains("datepublished") == true || tree.has(.pubdate, index)
        || tree.hasClass(index, in: Self.names)
      {
        ranked[0].append(index)
      } else if tree.tag(index) == .time, tree.has(.datetime, index) {
        let isInside = content.roots.contains { tree.contains($0, index) }
        ranked[isInside || tree.hasAncestor(index) { $0 == .article || $0 == .main } ? 1 : 2].append(index)
      } else if isDateline(index) {
        ranked[3].append(index)
      }
    }
    return ranked.flatMap { $0.prefix(12) }
  }

  private static let names: NameSet = [
    "dt-published", "published", "entry-date", "post-date", "article-date", "date-published", "publish-date", "pubdate",
  ]

  private func isDateline(_ index: HTMLTree.Index) -> Bool {
    guard tree.nodes[index].end - Int32(index) < 12 else { return tree.tag(index) == .time }
    if tree.tag(index) == .time { return true }
    return content.hints[index].contains(.dateline)
  }

  private func inAddress(_ address: String) -> CalendarDay? {
    let parts = address.split(separator: "/").map(String.init)
    for index in parts.indices.dropLast(2) {
      if parts[index].utf8.count == 4, let year = Int(parts[index]), let month = Int(parts[index + 1]),
        let day = Int(parts[index + 2].prefix(2)), let found = CalendarDay(year: year, month: month, day: day)
      {
        return found
      }
    }
    return parts.dropFirst().lazy.compactMap { $0.utf8.count >= 10 ? DateParser.day(in: String($0.prefix(10))) : nil }
      .first
  }
}
