/// The addresses that a sitemap names (sitemaps.org): pages, or other sitemaps.
struct Sitemap: Sendable {
  /// One address.
  struct Entry: Sendable, Hashable {
    /// Where it is, as the sitemap writes it.
    var link: String
    /// When it was modified last, as the sitemap writes it.
    var lastModified: String?
    /// Whether it is a sitemap itself.
    var isSitemap: Bool
  }

  private(set) var entries: [Entry] = []
  /// Whether there are more than are read.
  private(set) var isCutOff = false

  /// Reads a sitemap in XML.
  ///
  /// - Throws: ``XMLProblem`` if the bytes are none, or one that is not to be read.
  init(_ bytes: [UInt8], contentType: String?, limits: SitemapLimits) throws(XMLProblem) {
    let text = try XMLText(bytes, contentType: contentType)
    guard ListKind.sitemapRoots.contains(text.root) else { throw .notXML }
    var (entries, isCutOff) = ([Entry](), false)
    try XMLItems.read(text, named: ["url", "sitemap"], base: nil) { item in
      guard let link = item.child("loc")?.text else { return true }
      guard entries.count < limits.entries else {
        isCutOff = true
        return false
      }
      let date = item.child("lastmod")?.text.flatMap { $0.utf8.count <= 40 ? $0 : nil }
      entries.append(Entry(link: link, lastModified: date, isSitemap: item.name == "sitemap"))
      return true
    }
    (self.entries, self.isCutOff) = (entries, isCutOff)
  }

  /// Reads a sitemap that is a text with one address in each line; nil if it is none.
  init?(lines bytes: [UInt8], limits: SitemapLimits) {
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let link = String(decoding: line.trimmed, as: UTF8.self)
      if link.isEmpty { continue }
      guard ["http", "https"].contains(schemeName(of: link)) else { return nil }
      guard entries.count < limits.entries else {
        isCutOff = true
        break
      }
      entries.append(Entry(link: link, isSitemap: false))
    }
    if entries.isEmpty { return nil }
  }
}
