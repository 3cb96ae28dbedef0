import Foundation
import Pipelines

/// Hits as a person reads them.
struct SearchText {
  /// Whether the query's words are bold.
  let showsBold: Bool

  /// A hit under its rank, with the part of its text where the query's words are.
  func shown(_ hit: SearchHit, rank: Int) -> String {
    let parts = [hit.author, hit.category.rawValue, date(hit), score(hit.score)].filter { !$0.isEmpty }
    return lines(rank, parts, hit, passages: [hit])
  }

  /// A document under its rank, with its best passages.
  func shown(_ document: DocumentHit, rank: Int) -> String {
    let best = document.best
    let parts = [
      best.author, best.category.rawValue, date(best), score(document.score), counted(document.matches, "passage"),
    ].filter { !$0.isEmpty }
    return lines(rank, parts, best, passages: Array(document.hits.prefix(3)))
  }

  private func lines(_ rank: Int, _ parts: [String], _ hit: SearchHit, passages: [SearchHit]) -> String {
    var lines = ["\(rank). " + printable(parts.joined(separator: " · "))]
    if let title = hit.title, !title.isEmpty { lines.append("   " + printable(title)) }
    lines.append("   " + printable(hit.link))
    lines += passages.map { passages.count == 1 ? passage($0) : "   - " + passage($0).dropFirst(3) }
    return lines.joined(separator: "\n")
  }

  /// The excerpt of a hit, or all of it, in brackets, between its neighbours.
  private func passage(_ hit: SearchHit) -> String {
    guard let before = hit.before, let after = hit.after else {
      return Excerpt(hit.text, highlights: hit.highlights, width: 100, lines: 4, showsBold: showsBold).text
    }
    let start = before + "⟦"
    let offset = start.utf8.count
    let highlights = hit.highlights.map { ($0.lowerBound + offset)..<($0.upperBound + offset) }
    let text = start + hit.text + "⟧" + after
    return Excerpt(text, highlights: highlights, width: 100, lines: .max, showsBold: showsBold).text
  }

  private func date(_ hit: SearchHit) -> String {
    hit.publishedAt.map { $0.formatted(.iso8601.year().month().day()) } ?? ""
  }

  private func score(_ score: Double) -> String { "\((score * 1000).rounded() / 1000)" }
}

/// A text on one line without what a terminal would obey: its control characters (C0, DEL, C1) are spaces.
func printable(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    scalars.append(isControl ? " " : scalar)
  }
  return String(scalars)
}
