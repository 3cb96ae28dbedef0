import Domain
import Foundation

let ada = User(fullName: "Ada Example")
let bob = User(fullName: "Bob Builder")

/// An article of Ada's; the number makes its link.
func article(
  _ number: Int, text: String = "Some text.", author: User = ada, platform: String = "medium", crawl: CrawlRecord? = nil
) -> RawDocument {
  RawDocument(
    category: .articles, link: "https://example.com/articles/\(number)", platform: platform, author: author,
    title: "Article \(number)", text: text, crawl: crawl)
}

/// A document with every field filled.
let fullDocument = RawDocument(
  category: .repositories, link: "https://example.com/ada/engine/blob/main/Engine.swift", platform: "github",
  author: ada, title: "Engine.swift", subtitle: "the \"engine\"", text: "let a = 1 // ünïcødé 🚂 \u{2028}\n\t\u{1}",
  language: "en", name: "engine", path: "Sources/Engine.swift", image: "https://example.com/e.png",
  publishedAt: Date(timeIntervalSince1970: 1_700_000_000.123), tags: ["code", "swift"],
  crawl: CrawlRecord(
    source: "https://example.com/ada/engine", url: "https://example.com/ada/engine.git",
    fetchedAt: Date(timeIntervalSince1970: 1_750_000_000.001), entityTag: "\"abc\"",
    lastModified: "Tue, 15 Nov 1994 12:45:26 GMT", commit: "0123456789abcdef"))

/// A crawl of a source at some second.
func crawl(_ source: String, at seconds: Double = 1_750_000_000, entityTag: String? = nil) -> CrawlRecord {
  CrawlRecord(source: source, url: source, fetchedAt: Date(timeIntervalSince1970: seconds), entityTag: entityTag)
}
