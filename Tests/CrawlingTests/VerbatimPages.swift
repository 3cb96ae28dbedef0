import Crawling

extension PageReader {
  /// Takes a page's bytes as its article, and what follows `<link canonical ` at its start as its canonical URL.
  static let verbatim = PageReader { html, _, _ in
    var text = String(decoding: html, as: UTF8.self)
    var canonical: String?
    if text.hasPrefix("<link canonical "), let end = text.firstIndex(of: ">") {
      canonical = String(text[..<end].dropFirst(16))
      text = String(text[text.index(after: end)...])
    }
    return ExtractedPage(markdown: text, text: text, canonicalURL: canonical)
  }
}
