import Crawling

extension PageReader {
  /// Takes a page's bytes as its article, and what follows `<link canonical ` at its start as its canonical URL.
  static let verbatim = PageReader { html, _, _ in
    var text = String(decoding: html, as: UTF8.self)
    var page = ExtractedPage()
    if text.hasPrefix("<link canonical "), let end = text.firstIndex(of: ">") {
      page.canonicalURL = String(text[..<end].dropFirst(16))
      text = String(text[text.index(after: end)...])
    }
    page.markdown = text
    page.text = text
    return page
  }
}
