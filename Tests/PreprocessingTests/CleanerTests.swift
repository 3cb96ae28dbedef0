import Domain
import Preprocessing
import TestSupport
import Testing

struct CleanerTests {
  private func clean(_ text: String) -> String { Cleaner().clean(rawDocument(text)) }

  @Test func `invisible characters go and the rest is composed`() {
    #expect(clean("a\u{200B}b\u{7}c\u{202E}d \u{FEFF}cafe\u{301}") == "abcd caf\u{E9}")
    #expect(clean("cafe\u{301}").utf8.count == 5)
  }

  @Test func `joiners stay where they shape a word or an emoji and go between Latin letters`() {
    #expect(clean("می\u{200C}خواهم 👩\u{200D}💻 a\u{200D}b") == "می\u{200C}خواهم 👩\u{200D}💻 ab")
  }

  @Test func `letters that imitate bold type become plain ones`() {
    #expect(clean("𝗪𝗵𝘆 𝟯 𝘴𝘵𝘦𝘱𝘴 of 𝑥?") == "Why 3 steps of x?")
  }

  @Test func `leftover entities are decoded outside code only`() {
    #expect(clean("Q&amp;A &lt;3 &eacute;&#8212;&#x3bb;&nbsp;x `a &lt; b`") == "Q&A <3 é—λ x `a &lt; b`")
    #expect(clean("    if (a &lt; b)") == "    if (a &lt; b)")
  }

  @Test func `an entity that would make another one, or code, stays`() {
    #expect(clean("Write &amp;lt; for a bracket, &#96; for code.") == "Write &amp;lt; for a bracket, &#96; for code.")
    #expect(clean("&nbsp;~~~\nx &lt; y") == "&nbsp;~~~\nx &lt; y")
  }

  @Test func `links lose what follows readers around and keep the rest`() {
    #expect(
      clean("[a](https://x.org/p?utm_source=n&id=7&fbclid=z#s) http://x.org/?UTM_medium=m `https://x.org/?utm_a=1`")
        == "[a](https://x.org/p?id=7#s) http://x.org/ `https://x.org/?utm_a=1`")
    #expect(clean("https://x.org/?q=utm_source") == "https://x.org/?q=utm_source")
  }

  @Test func `blank lines and trailing spaces collapse and line ends become line feeds`() {
    #expect(clean("\n\n a  \r\n\r\n\r\n \t\nb\rc\n\n") == " a\n\nb\nc")
  }

  @Test func `a code fence stays byte for byte`() {
    let fence = "```text\r\n\u{200B}e\u{301} &lt; \u{7}  \n\n\n\n\thttps://x.org/?utm_a=1  \n"
    let cleaned = clean("before  \n\n\n\(fence)```   \n\n\nafter")
    #expect(cleaned == "before\n\n```text\n\(fence.dropFirst(8))```\n\nafter")
    #expect(Array(clean("x\n\n~~~\n a \n\n\n").utf8) == Array("x\n\n~~~\n a \n\n\n".utf8))
  }

  @Test func `the lines of a text wrapped at a fixed width are joined`() {
    let wrapped = """
      The analytical engine has no pretensions whatever to originate anything, it
      can do whatever we know how to order it to perform, and it can follow fine-
      grained analysis; but it has no power of anticipating any analytical truths
      or relations. Its province is to assist us in making available what we are
      already acquainted with.

      - a list
      - stays
      """
    let cleaned = clean(wrapped)
    #expect(cleaned.contains("anything, it can do"))
    #expect(cleaned.contains("fine-grained"))
    #expect(cleaned.hasSuffix("with.\n\n- a list\n- stays"))
  }

  @Test func `an author's own line breaks stay`() {
    let poem = "Roses are red,\nviolets are blue,\nthe engine weaves patterns\nas looms\nweave\nleaves and flowers too."
    #expect(clean(poem) == poem)
  }

  @Test func `source files keep everything but invalid and control characters`() {
    let source = "\u{FEFF}int main() {\r\n\treturn 0; // &lt; \u{202E}x\u{200B}  \n\n\n\n}\u{0}\n"
    let document = rawDocument(source, category: .repositories, path: "src/main.c")
    #expect(Cleaner().clean(document) == "int main() {\r\n\treturn 0; // &lt; x\u{200B}  \n\n\n\n}\n")
  }

  @Test func `a repository's Markdown files are cleaned as articles are`() {
    #expect(Cleaner().clean(rawDocument("a &lt; b  \n", category: .repositories, path: "README.md")) == "a < b")
  }

  @Test func `the handbook's rule keeps word characters, sentence marks and single spaces`() {
    let cleaner = Cleaner(CleaningConfiguration(strategy: .handbook))
    #expect(
      cleaner.clean(rawDocument("It's **fine**:\n\n naïve—x_1, 你好! 𝗯 \u{300}½"))
        == "On Engines It s fine naïve x_1, 你好! 𝗯 ½")
  }

  @Test func `cleaning a cleaned text changes nothing`() {
    for seed in 0..<400 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = randomMarkdown(Int.random(in: 1...40, using: &generator), using: &generator)
      let once = clean(text)
      let twice = clean(once)
      #expect(Array(once.utf8) == Array(twice.utf8), "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func `cleaning a wrapped text twice is cleaning it once`() {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let width = Int.random(in: 45...110, using: &generator)
      var text = ""
      var column = 0
      for _ in 0..<Int.random(in: 30...200, using: &generator) {
        let word =
          ["a", "fine-", "grained", "`code", "engine.", "&lt;", "http://x.org/?utm_a", "\\-", "## On"]
          .randomElement(using: &generator) ?? ""
        let isBroken = column + word.count > width || Int.random(in: 0..<25, using: &generator) == 0
        text += (isBroken ? "\n" : " ") + word
        column = isBroken ? word.count : column + word.count + 1
      }
      let once = clean(text)
      #expect(clean(once) == once, "seed \(seed)")
    }
  }

  @Test func `a handler registered for a category cleans its documents and changes the fingerprint`() {
    var cleaner = Cleaner()
    let before = cleaner.fingerprint
    cleaner.register(.posts, fingerprint: "shout/1") { $0.text.uppercased() }
    #expect(cleaner.clean(rawDocument("a post", category: .posts)) == "A POST")
    #expect(cleaner.clean(rawDocument("an article")) == "an article")
    #expect(cleaner.fingerprint != before)
    #expect(Cleaner(CleaningConfiguration(strategy: .handbook)).fingerprint != before)
    #expect(Cleaner().fingerprint == before)
  }

  @Test(arguments: ["&", "`", "[](", "https://a?", "<", "&nbsp;", "\u{200D}", "# ", "- "])
  func `a long line of one thing is cleaned in linear time`(unit: String) {
    let line = String(repeating: unit, count: 200_000)
    #expect(clean(line).utf8.count <= line.utf8.count + 1)
  }
}
