import TestSupport
import Testing

@testable import Crawling

@Suite struct PageFuzzTests {
  private static let corpus: [[UInt8]] = [
    Pages.page(
      Pages.prose + "<h2>Notes</h2><p>A note<sup><a href='#n1'>1</a></sup>.</p><ol><li id=n1>The note.</li></ol>",
      head:
        #"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":{"@id":"a"},"articleBody":"x"},{"@id":"a","name":"Ada"}]}</script>"#
    ),
    Pages.page(
      "<table><tr><td rowspan=3 colspan=2>a</td><td>b</td></tr><tr><td>c<table><tr><td>d</td></tr></table></td></tr></table>"
        + "<pre><code class='language-swift'>let x = 1\n  y</code></pre>" + Pages.prose),
    Pages.page(
      "<p style='color:#fff;background:#fff'>x</p><noscript><img src=/a.png></noscript><mjx-container class=MathJax><math>"
        + "<mi>x</mi></math></mjx-container><figure><img src=a><figcaption>c</figcaption></figure>" + Pages.prose,
      head: "<meta charset=utf-8><meta property='article:published_time' content='2024-05-03T10:00:00Z'>"),
    "<html><body><ul>"
      + (1...9).map { "<li><h3><a href=/\($0)>Card \($0)</a></h3><p>A text, short.</p></li>" }.joined(),
  ].map { Array($0.utf8) }

  private static let words = [
    "<", ">", "</", "<!--", "-->", "<table>", "<tr>", "<td rowspan=9>", "<a href=#n1>", "<p>", "</p>", "<script>", "&#",
    "&amp;",
    "<noscript>", "</noscript>", "<math>", "<h3>", "{\"@id\":", "\"articleBody\":\"", "]}", "style=\"", "\\u", "<svg>",
    "<meta ",
    "charset=", "\u{202E}", "<article>", "<style>", "datetime=", "2024-13-45", "class=comment",
  ]

  @Test(arguments: 0..<8) func `damaged pages never crash and come out as clean text`(seed: UInt64) throws {
    for bytes in Mutations(of: Self.corpus, words: Self.words, count: 60, seed: seed) {
      let page = try Extractor().extract(html: bytes, url: "https://notes.example/a")
      for text in [page.markdown, page.text, page.title ?? "", page.description ?? ""] + page.authors {
        let isClean = text.unicodeScalars.allSatisfy { scalar in
          scalar.value >= 0x20 && scalar.value != 0x7F && !(0x202A...0x202E).contains(scalar.value)
            || scalar.value == 0x0A || scalar.value == 0x09
        }
        #expect(isClean)
      }
    }
  }

  @Test(arguments: 0..<4) func `damaged styles, dates and declarations are read or left`(seed: UInt64) {
    let corpus = [
      "display:none;position:absolute;left:-9999px!important;color:#fff", "3. Mai 2024, 10:15 Uhr",
      "<meta http-equiv=content-type content='text/html; charset=big5'>", "By Ada Lovelace and Grace Hopper | 2024",
    ].map { Array($0.utf8) }
    for bytes in Mutations(of: corpus, words: [";", ":", "!", "px", "charset=", "'", "\""], count: 400, seed: seed) {
      _ = InlineStyle.hides(bytes[...])
      _ = MetaPrescan.encoding(of: bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      _ = DateParser.day(in: text)
      #expect(AuthorName.split(text).allSatisfy { !$0.isEmpty })
    }
  }
}
