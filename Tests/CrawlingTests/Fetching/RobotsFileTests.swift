import Crawling
import TestSupport
import Testing

@Suite struct `A robots file` {
  private func file(_ text: String, agent: String = "twin/0.1 (+mail@ada.example)") -> RobotsFile {
    RobotsFile(Array(text.utf8), agent: agent)
  }

  @Test(arguments: [
    // The most octets decide, whatever the order.
    ("Disallow: /a\nAllow: /a/b", "/a/b/c", true), ("Allow: /a/b\nDisallow: /a", "/a/c", false),
    ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false),
    // Of two that are as long as each other, the one that allows.
    ("Disallow: /page\nAllow: /page", "/page", true), ("Allow: /page\nDisallow: /page", "/page", true),
    ("Disallow: /*x\nAllow: /ax", "/ax", true),
    ("", "/", true), ("Disallow:", "/a", true), ("Disallow: /", "/", false), ("Disallow: /", "/robots.txt", true),
    ("Allow: /$\nDisallow: /", "/", true), ("Allow: /$\nDisallow: /", "/a", false),
    // Letter case counts, and so does the query.
    ("Disallow: /A", "/a", true), ("Disallow: /*?", "/a?b=1", false), ("Disallow: /*?", "/a", true),
  ])
  func `says what may be fetched by its longest rule`(rules: String, path: String, isAllowed: Bool) {
    #expect(file("User-agent: *\n" + rules).allows(path) == isAllowed)
  }

  @Test(arguments: [
    ("/fish", ["/fish", "/fish.html", "/fish/salmon", "/fishheads"], ["/Fish.asp", "/catfish", "/"]),
    ("/fish*", ["/fish", "/fishheads/yummy.html"], ["/Fish", "/catfish"]),
    ("/*.php", ["/index.php", "/folder/a.php?parameters", "/a.php/"], ["/", "/windows.PHP"]),
    ("/*.php$", ["/a.php", "/folder/a.php"], ["/a.php?b", "/a.php/", "/a.php5"]),
    ("/fish*.php", ["/fish.php", "/fishheads/catfish.php?x"], ["/Fish.PHP"]),
    ("*.pdf", ["/a.pdf"], ["/a.txt"]), ("/a**b", ["/ab", "/axb"], ["/a"]),
    ("/a*b*a$", ["/aba", "/abba", "/ababa"], ["/ab"]),
    ("/a*", ["/a", "/ab"], ["/b"]), ("/$a", ["/$a"], ["/"]), ("/a$", ["/a"], ["/a$"]),
    // What is percent-encoded for no reason is the same; what has a meaning is not.
    ("/caf%C3%A9", ["/caf%c3%a9"], ["/cafe"]), ("/café", ["/caf%C3%A9"], []), ("/%7Eada", ["/~ada"], []),
    ("/a%2Ab", ["/a*b", "/a%2ab"], ["/axb"]), ("/a%2Fb", ["/a%2fb"], ["/a/b"]), ("/a%24", ["/a$"], ["/a"]),
  ])
  func `has patterns with stars and ends`(pattern: String, matching: [String], others: [String]) {
    let file = file("User-agent: *\nDisallow: \(pattern)")
    for path in matching { #expect(!file.allows(path), "\(pattern) should match \(path)") }
    for path in others { #expect(file.allows(path), "\(pattern) should not match \(path)") }
  }

  @Test func `speaks to crawlers by their product, whatever its case, and to all others by a star`() {
    let text = """
      User-agent: *
      Disallow: /everybody
      User-agent: other
      Disallow: /other
      USER-AGENT: TWIN/3.0
      Disallow: /first
      User-agent: twinbot
      Disallow: /bot
      user-agent : twin   # once more
      Disallow: /second
      """
    let mine = file(text)
    #expect(["/first", "/second"].allSatisfy { !mine.allows($0) }, "all groups of a crawler count together")
    #expect(["/everybody", "/other", "/bot"].allSatisfy(mine.allows), "and those for everybody do not")
    let stranger = file(text, agent: "Somebody")
    #expect(!stranger.allows("/everybody") && stranger.allows("/first"))
    #expect(file("User-agent: twin\nUser-agent: *\nDisallow: /x").allows("/x") == false)
    #expect(file("User-agent: *\nDisallow: /\n\nUser-agent: twin\n").allows("/x"), "a group may have no rules")
    #expect(file("Disallow: /x\nUser-agent: *\nAllow: /y").allows("/x"), "a rule of nobody's counts for nobody")
  }

  @Test func `may have lines of other sorts, other line ends, marks and comments`() {
    let text =
      "\u{FEFF}# by hand\rUser-agent: *\rSitemap: https://ada.example/map.xml\rCrawl-delay: 2.5\rUser-agent: twin\r"
      + "Disallow: /x # not this\r\nnonsense\r\nHost: ada.example\r\nDisallow: /y\r\n"
    let file = file(text)
    #expect(!file.allows("/x") && !file.allows("/y"), "what is no rule ends no list of crawlers")
    #expect(file.sitemaps == ["https://ada.example/map.xml"])
    #expect(file.delay == nil, "it is another crawler's")
    #expect(self.file(text, agent: "x").delay == .milliseconds(2500))
  }

  @Test(
    arguments: [
      ("3", 3), ("0", nil), ("-1", nil), ("x", nil), ("1e9", 60), ("nan", nil), ("inf", 60),
    ] as [(String, Int?)])
  func `may ask for a delay, within reason`(value: String, seconds: Int?) {
    #expect(file("User-agent: *\nCrawl-delay: \(value)").delay == seconds.map { .seconds($0) })
  }

  @Test func `is read up to 500 KiB, and no line in half`() {
    let comment = "#" + String(repeating: "x", count: 98) + "\n"
    let start = "User-agent: *\n" + String(repeating: comment, count: 5119)
    // 500 KiB end behind `Disallow: /a`, where the rule says something else than the line.
    let padding = RobotsFile.maximumBytes - start.utf8.count - 12
    let text = start + String(repeating: "\n", count: padding) + "Disallow: /ab\nDisallow: /c\n"
    #expect(file(text).allows("/ac") && file(text).allows("/c"))
    #expect(!file(start + "Disallow: /c").allows("/c"))
  }

  @Test func `that was made to be slow is not`() {
    let star = String(repeating: "*aaaaaaab", count: 200)
    let text = "User-agent: *\n" + String(repeating: "Disallow: /\(star)\n", count: 250)
    #expect(file(text).allows("/" + String(repeating: "a", count: 4000)))
  }

  @Test func `that is damaged does no harm`() {
    let corpus = [
      "User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 1\nSitemap: https://ada.example/s.xml\n",
      "User-agent: twin\r\nUser-agent: x\r\nDisallow: /%7E%C3%A9\r\n\r\nUser-agent: *\r\nDisallow:\r\n",
    ].map { Array($0.utf8) }
    let words = ["*", "$", "%2A", "User-agent: twin\n", "Disallow: /", "\u{FEFF}", "Crawl-delay: 1e400\n"]
    for bytes in Mutations(of: corpus, words: words, count: 500, seed: 9309) {
      let file = RobotsFile(bytes, agent: "twin")
      #expect(file.allows("/robots.txt"))
      _ = file.allows("/a/b?c=%E9")
      #expect(file.delay ?? .zero <= RobotsFile.longestDelay)
    }
  }
}
