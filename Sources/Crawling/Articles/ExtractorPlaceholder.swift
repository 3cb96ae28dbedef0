package import Foundation

package struct ExtractedPage: Sendable {
  package enum Kind: Sendable { case article, index, paywalled, scriptOnly }
  package var markdown = ""
  package var text = ""
  package var title: String?
  package var authors: [String] = []
  package var date: Date?
  package var description: String?
  package var language: String?
  package var siteName: String?
  package var canonicalURL: String?
  package var tags: [String] = []
  package var kind: Kind = .article
  package var image: String?
  package init() {}
}
struct Extractor {
  func extract(html: [UInt8], contentType: String?, url: String?) throws -> ExtractedPage { ExtractedPage() }
}
