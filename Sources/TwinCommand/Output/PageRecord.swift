import Foundation
import Pipelines

/// An extracted page as `twin extract --format json` gives it: every key, null where nothing is known.
struct PageRecord: Encodable {
  let page: ExtractedPage

  enum CodingKeys: String, CodingKey {
    case text, markdown, title, author, date, description, language
    case siteName = "site_name"
    case canonicalURL = "canonical_url"
    case tags, kind
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(page.text, forKey: .text)
    try container.encode(page.markdown, forKey: .markdown)
    try container.encode(page.title, forKey: .title)
    try container.encode(page.authors, forKey: .author)
    try container.encode(page.isoDate, forKey: .date)
    try container.encode(page.description, forKey: .description)
    try container.encode(page.language, forKey: .language)
    try container.encode(page.siteName, forKey: .siteName)
    try container.encode(page.canonicalURL, forKey: .canonicalURL)
    try container.encode(page.tags, forKey: .tags)
    try container.encode(page.kind.rawValue, forKey: .kind)
  }
}

/// What is made of a page.
enum PageFormat: String, CaseIterable {
  case markdown, text, json

  /// How the names of its files end.
  var suffix: String {
    switch self {
    case .markdown: "md"
    case .text: "txt"
    case .json: "json"
    }
  }

  /// The page in this format, ending in a line feed unless it is empty.
  func rendered(_ page: ExtractedPage) throws -> String {
    switch self {
    case .markdown: return endingInLineFeed(page.markdown)
    case .text: return endingInLineFeed(page.text)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      return String(decoding: try encoder.encode(PageRecord(page: page)), as: UTF8.self) + "\n"
    }
  }
}
