/// The one place where crawlers meet the extractor: a page's bytes, its `Content-Type` and its URL become its article.
package struct PageReader: Sendable {
  /// Reads a page.
  package var read: @Sendable (_ html: [UInt8], _ contentType: String?, _ url: String?) throws -> ExtractedPage

  /// Takes a function that reads pages.
  package init(read: @escaping @Sendable ([UInt8], String?, String?) throws -> ExtractedPage) {
    self.read = read
  }

  /// The extractor that ships. Pages of Medium and Substack hold their articles a second time, for their scripts, and
  /// there nothing need be guessed.
  package static let extractor = PageReader { html, contentType, url in
    let extractor = Extractor()
    if let post = MediumPost(in: html) {
      let page = try extractor.extract(html: html, contentType: contentType, url: url)
      return post.complete(try extractor.extract(html: article(post.html), contentType: utf8, url: url).over(page))
    }
    if let post = SubstackPost(in: html) {
      let page = try extractor.extract(html: html, contentType: contentType, url: url)
      guard let text = post.html else { return post.complete(page) }
      return post.complete(try extractor.extract(html: article(text), contentType: utf8, url: url).over(page))
    }
    return try extractor.extract(html: html, contentType: contentType, url: url)
  }

  private static let utf8 = "text/html; charset=utf-8"

  private static func article(_ html: String) -> [UInt8] {
    Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
  }
}

extension ExtractedPage {
  /// The text of this page with what is known of another one.
  fileprivate func over(_ page: ExtractedPage) -> ExtractedPage {
    guard !text.isEmpty else { return page }
    var result = page
    (result.markdown, result.text, result.kind) = (markdown, text, .article)
    return result
  }
}
