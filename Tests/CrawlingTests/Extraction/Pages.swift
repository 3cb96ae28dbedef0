import Crawling

/// Pages for the tests, written by hand.
enum Pages {
  /// Three paragraphs of running text, enough to be taken for an article.
  static let prose = """
    <p>The harbour was built in the second century, when the river still reached the old walls, and it served the town
    for more than three hundred years before the sand closed it.</p>
    <p>Its piers, of which two remain, were made of a concrete that hardens under water; the recipe was lost, and found
    again, and lost once more. Nobody has matched its strength since.</p>
    <p>What we know of the trade comes from jars: oil from the south, wine from the east, and a fish sauce that the
    whole empire seems to have wanted, whatever it smelled like.</p>
    """

  /// A page with this content in an `article` element.
  static func page(_ content: String, head: String = "", outside: String = "") -> String {
    """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The old harbour | Coastal Notes</title>\(head)
    </head><body>\(outside)<article>\(content)</article></body></html>
    """
  }

  /// The extraction of a page in UTF-8.
  static func extract(_ html: String, url: String? = "https://notes.example/2024/harbour") throws -> ExtractedPage {
    try Extractor().extract(html: Array(html.utf8), url: url)
  }

  /// The Markdown of some content that stands in an article among other paragraphs.
  static func markdown(of content: String) throws -> String {
    try extract(page(prose + content + prose)).markdown
  }
}
