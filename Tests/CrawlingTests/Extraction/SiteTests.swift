import Crawling
import Testing

@Suite struct SiteTests {
  @Test func `a post of a Medium export is read whole, its title once`() throws {
    let page = try Pages.extract(
      """
      <!DOCTYPE html><html><head><title>The old harbour</title></head><body><article class="h-entry">
      <header><h1 class="p-name">The old harbour</h1></header>
      <section data-field="subtitle" class="p-summary">A port and its sand</section>
      <section data-field="body" class="e-content"><section class="section"><div class="section-content">
      <h3 class="graf graf--h3 graf--title">The old harbour</h3>\(Pages.prose)
      <div class="graf graf--mixtapeEmbed"><a href="https://other.example/p" class="markup--mixtapeEmbed-anchor">
      <strong>Another port</strong><br><em>It has a pier.</em>other.example</a><a class="js-mixtapeImage" href="#"></a></div>
      <p>That is all there is to say about the matter, for now at least.</p></div></section></section><footer><p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Example</a> on
      <a href="https://medium.com/p/abc"><time class="dt-published" datetime="2019-08-07T10:00:00Z">August 7, 2019</time></a>.
      </p><p><a href="https://medium.com/@ada/the-old-harbour-abc" class="p-canonical">Canonical link</a></p>
      <p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2024.</p></footer></article></body></html>
      """, url: nil)
    #expect(page.title == "The old harbour")
    #expect(!page.markdown.contains("The old harbour"))
    #expect(page.authors == ["Ada Example"])
    #expect(page.isoDate == "2019-08-07")
    #expect(page.canonicalURL == "https://medium.com/@ada/the-old-harbour-abc")
    #expect(page.markdown.contains("[Another port](https://other.example/p)"))
    #expect(!page.text.contains("Exported"))
  }

  @Test func `the body of a Substack export loses its boxes and keeps its notes`() throws {
    let page = try Pages.extract(
      """
      \(Pages.prose)<div class="subscription-widget-wrap" data-attrs="{}"><p>Thanks for reading Notes! Subscribe for free,
      to receive new posts and support my work.</p></div><p class="button-wrapper"><a class="button" href="/s">Share</a></p>
      <p>One more thing about the sand<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>, before we
      leave it.</p><div class="captioned-image-container"><figure><a class="image-link" href="https://cdn.example/big.png">
      <img src="https://cdn.example/small.png" alt="Sand"></a><figcaption class="image-caption">Sand</figcaption></figure></div>
      <div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div
      class="footnote-content"><p>There is a lot of it, really.</p></div></div>
      """, url: nil)
    #expect(!page.text.contains("Subscribe"))
    #expect(!page.text.contains("Share"))
    #expect(page.markdown.contains("the sand[^1], before"))
    #expect(page.markdown.contains("[^1]: There is a lot of it, really."))
    #expect(page.markdown.contains("![Sand](https://cdn.example/small.png)\n\n*Sand*"))
  }
}
