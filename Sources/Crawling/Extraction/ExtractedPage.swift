public import Foundation

/// What a web page says, without what surrounds it.
public struct ExtractedPage: Sendable, Equatable {
  /// What sort of page this is, as far as its content shows.
  public enum Kind: String, Sendable, CaseIterable {
    /// A text to read.
    case article
    /// A list of links to other pages: a home page, a category, an archive.
    case index
    /// A text of which the page shows only the beginning.
    case paywalled
    /// A page without text of its own, which scripts would have to build.
    case scriptOnly = "script_only"
  }

  /// The main content as Markdown (CommonMark with GitHub's tables), ending in a line feed; empty when there is none.
  public var markdown: String
  /// The main content as plain text: one paragraph per block, separated by empty lines; empty when there is none.
  public var text: String
  /// The headline, without the site's name.
  public var title: String?
  /// Who wrote it, in the page's order; never an address.
  public var authors: [String]
  /// The day of publication (midnight UTC); never in the future.
  public var date: Date?
  /// ``date`` as `yyyy-MM-dd`.
  public var isoDate: String?
  /// The summary that the page gives of itself.
  public var description: String?
  /// The language tag that the page declares, such as `en` or `pt-BR`.
  public var language: String?
  /// The name of the site.
  public var siteName: String?
  /// The address that the page declares as its own, absolute.
  public var canonicalURL: String?
  /// Keywords, tags and sections, in the page's order.
  public var tags: [String]
  /// What sort of page it is.
  public var kind: Kind
  /// The address of the lead image, absolute.
  public var image: String?

  /// A page with this content and what is known about it.
  public init(
    markdown: String, text: String, title: String? = nil, authors: [String] = [], date: Date? = nil,
    isoDate: String? = nil, description: String? = nil, language: String? = nil, siteName: String? = nil,
    canonicalURL: String? = nil, tags: [String] = [], kind: Kind = .article, image: String? = nil
  ) {
    self.markdown = markdown
    self.text = text
    self.title = title
    self.authors = authors
    self.date = date
    self.isoDate = isoDate
    self.description = description
    self.language = language
    self.siteName = siteName
    self.canonicalURL = canonicalURL
    self.tags = tags
    self.kind = kind
    self.image = image
  }

  /// Why there is no text and what to do about it, as the end of a sentence; nil when there is text.
  public var emptyReason: String? {
    guard text.isEmpty else { return nil }
    return switch kind {
    case .scriptOnly:
      "no text found: the page is built by scripts; save it from a browser and give the file"
    case .paywalled:
      "no text found: the page shows its text to subscribers only; save it from a browser while logged in"
    case .index:
      "no text found: the page only lists links to other pages; give the addresses of the articles"
    case .article:
      "no text found: the page holds no paragraphs; check its address in a browser"
    }
  }
}
