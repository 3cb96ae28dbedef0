import Crawling
import TestSupport
import Testing

@Suite struct `Links` {
  @Test(arguments: [
    ("HTTPS://Example.ORG:443/A/b", "https://example.org/A/b"),
    ("http://example.org:80", "http://example.org/"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("https://example.org./a#part", "https://example.org/a"),
    ("https://example.org/a?utm_source=x&id=7&UTM_Medium=y&fbclid=z", "https://example.org/a?id=7"),
    ("https://example.org/a?", "https://example.org/a"),
    ("https://example.org/a/../b/./c", "https://example.org/b/c"),
    ("https://example.org/%7eada/%c3%a9?q=%2f", "https://example.org/~ada/%C3%A9?q=%2F"),
    ("https://example.org/é", "https://example.org/%C3%A9"),
    ("https://example.org/a?access_token=secret", "https://example.org/a"),
    ("https://example.org/a?token=x&page=2&X-Sig=y&api%5Fkey=z", "https://example.org/a?page=2"),
    ("https://ada.substack.com/p/x?r=1ab&s=r", "https://ada.substack.com/p/x"),
    ("https://example.org/p/x?r=1ab", "https://example.org/p/x?r=1ab"),
    ("https://medium.com/@ada/x-1?source=rss&sk=f00", "https://medium.com/@ada/x-1"),
    ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
  ])
  func `a link has one canonical spelling`(link: String, canonical: String) {
    #expect(canonicalLink(link) == canonical)
    #expect(canonicalLink(canonical) == canonical)
  }

  @Test(arguments: [
    "ftp://example.org/", "/notes", "", "https://", "https:///a", "https://ada:pw@example.org/", "https://a b.org/",
    "https://exa%6dple.org/", "https://example.org\\@other.org/", "https:example.org", "https://example.org:99999/",
    "https://example..org/", "https://example.org:8o/", "https://[::1/", "https://exa\nmple.org/",
  ])
  func `what two programs might read differently is no link`(link: String) {
    #expect(canonicalLink(link) == nil)
  }

  @Test func `canonical links of random text are stable and hold no credentials`() {
    var random = SeededGenerator(seed: 7)
    let parts = [
      "https://", "HTTP://", "a", "Z", ".", "/", "..", "?", "&", "utm_x=1", "%41", "%", "@", ":", "80", "#", "é", "[",
      "\\",
    ]
    for _ in 0..<5_000 {
      let text =
        "https://"
        + (0..<Int.random(in: 1...12, using: &random)).map { _ in
          parts.randomElement(using: &random) ?? ""
        }.joined()
      guard let canonical = canonicalLink(text) else { continue }
      #expect(canonicalLink(canonical) == canonical, "\(text)")
      let authority = canonical.dropFirst(8).prefix { $0 != "/" }
      #expect(!authority.contains("@"), "\(text)")
    }
  }

  @Test func `a source is recorded with its host, and without secrets`() {
    let locations = [
      "http://127.0.0.1:80/@ada?token=x": "http://127.0.0.1:80/@ada?token=***",
      "https://a.org/@b#c": "https://a.org/@b#c",
      "https://ada:pw@a.org/@b": "https://b", "/home/a@b": "/home/a@b",
    ]
    for (location, recorded) in locations { #expect(CrawlSource(location).redactedLocation == recorded) }
  }

  @Test func `a pattern matches a host, its subdomains, or the beginning of a path`() {
    #expect(LinkPattern("blog.example.org").matches("https://BLOG.example.org/x"))
    #expect(!LinkPattern("example.org").matches("https://blog.example.org/x"))
    #expect(LinkPattern("*.example.org").matches("https://blog.example.org/x"))
    #expect(LinkPattern("*.example.org").matches("https://example.org/x"))
    #expect(!LinkPattern("*.example.org").matches("https://badexample.org/x"))
    #expect(LinkPattern("example.org/papers/").matches("https://example.org/papers/1"))
    #expect(!LinkPattern("example.org/papers/").matches("https://example.org/talks/1"))
  }
}
