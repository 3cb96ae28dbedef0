import Foundation

/// Finds the day on which a page was published.
struct DateFinder {
  let tree: HTMLTree
  let head: PageHead
  let content: ContentFinder.Content
  let url: String?

  /// The first day found that is not in the future: declared ones, then visible ones, then the one in the address.
  func find() -> CalendarDay? {
    let latest = CalendarDay(Date().addingTimeInterval(86_400))
    for text in declared() {
      if let day = DateParser.day(in: text), let latest, day <= latest { return day }
    }
    for index in visible() {
      let text = tree.string(.datetime, of: index) ?? tree.string(.content, of: index) ?? tree.lineText(index)
      if let day = DateParser.day(in: text), let latest, day <= latest { return day }
    }
    return inAddress(url ?? head.canonical ?? head.first("og:url") ?? "")
  }

  private func declared() -> [String] {
    var found: [String] = []
    for article in head.articles {
      if let text = article["datePublished"]?.text ?? article["dateCreated"]?.text { found.append(text) }
    }
    for name in [
      "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
      "published_time", "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "pubdate",
      "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
      "dcterms.created", "dc.date.created", "date", "date.created", "originalpublicationdate",
      "cxenseparse:recs:publishtime",
      "article:published", "datecreated", "timestamp", "displaydate", "rnews:datepublished",
      "analyticsattributes.articledate",
    ] {
      found += head.all(name)
    }
    for object in head.objects {
      if let text = object["datePublished"]?.text { found.append(text) }
    }
    return found
  }

  /// Elements that show the date of publication, the surest first.
  private func visible() -> [HTMLTree.Index] {
    var ranked: [[HTMLTree.Index]] = [[], [], [], []]
    for index in 1..<max(tree.nodes.count, 1) where tree.nodes[index].count > 0 && tree.tag(index) != .text {
      if tree.tag(index) == .meta { continue }
      let property = tree.string(.itemprop, of: index)?.lowercased() ?? ""
      if property.contains("datepublished") || tree.has(.pubdate, index)
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

  private static let names: NameSet = ["dt-published", "published"]

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
