import Foundation

/// One article that a feed announces.
struct FeedEntry: Sendable, Hashable {
  /// Where it is, absolute if the feed says how to make it so.
  var link: String
  var title: String?
  /// Who wrote it, as far as the feed says.
  var authors: [String] = []
  var date: Date?
  /// The whole article as HTML, where the feed carries it.
  var html: String?
  /// What the feed says of it in short, as HTML; some feeds have the whole article here.
  var summary: String?
  var tags: [String] = []
  /// The language of the article, if the feed says.
  var language: String?
  /// The address of its picture.
  var image: String?

  init(link: String = "") {
    self.link = link
  }

  /// The bytes from which on a summary is taken for the whole article.
  private static let bytesOfArticle = 1500

  /// The article as HTML, if the feed carries it.
  var article: String? {
    guard let html = html ?? summary.flatMap({ $0.utf8.count >= Self.bytesOfArticle ? $0 : nil }), !isTeaser(html)
    else {
      return nil
    }
    return html
  }

  /// Whether Medium shows only the beginning of the article, and says so at its end.
  private func isTeaser(_ html: String) -> Bool {
    let end = String(decoding: html.utf8.suffix(300), as: UTF8.self)
    return end.contains("Continue reading on ") && end.contains("»")
  }

  /// Whether somebody of this name wrote it, or nobody knows who did.
  func isBy(_ name: String) -> Bool {
    func plain(_ name: String) -> String {
      name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
    return authors.isEmpty || authors.contains { plain($0) == plain(name) }
  }
}
