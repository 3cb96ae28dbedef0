/// The one place where crawlers meet the extractor: a page's bytes, its `Content-Type` and its URL become its article.
package struct PageReader: Sendable {
  /// Reads a page.
  package var read: @Sendable (_ html: [UInt8], _ contentType: String?, _ url: String?) throws -> ExtractedPage

  /// Takes a function that reads pages.
  package init(read: @escaping @Sendable ([UInt8], String?, String?) throws -> ExtractedPage) {
    self.read = read
  }

  /// The extractor that ships.
  static let extractor = PageReader { html, contentType, url in
    try Extractor().extract(html: html, contentType: contentType, url: url)
  }
}
