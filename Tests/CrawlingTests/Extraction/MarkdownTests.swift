import Crawling
import Testing

@Suite struct MarkdownTests {
  @Test func `headings keep their levels and styled words their marks`() throws {
    let markdown = try Pages.markdown(
      of: "<h2>Stone and sand</h2><p>It was <b>very</b> old, <em>almost</em> forgotten and <del>lost</del> found.</p>")
    #expect(markdown.contains("\n## Stone and sand\n"))
    #expect(markdown.contains("It was **very** old, *almost* forgotten and ~~lost~~ found."))
  }

  @Test func `spaces inside styled words move outside the marks`() throws {
    let markdown = try Pages.markdown(of: "<p>Here is<b> a bold </b>word in a sentence of its own.</p>")
    #expect(markdown.contains("Here is **a bold** word in a sentence"))
  }

  @Test func `lists nest, count from their start and survive spans around their text`() throws {
    let markdown = try Pages.markdown(
      of: """
        <ul><li><span>oil</span></li><li>wine<ol start="3"><li>red</li><li>white</li></ol></li></ul>
        """)
    #expect(markdown.contains("- oil\n- wine\n  3. red\n  4. white\n"))
  }

  @Test func `quotes hold blocks of their own`() throws {
    let markdown = try Pages.markdown(of: "<blockquote><p>First of all.</p><p>Then the rest.</p></blockquote>")
    #expect(markdown.contains("> First of all.\n>\n> Then the rest.\n"))
  }

  @Test func `links become absolute and those that run scripts become text`() throws {
    let markdown = try Pages.markdown(
      of: """
        <p>See <a href="../maps/port.html">the map</a>, <a href="//cdn.example/a_(b)">the plan</a> and
        <a href="javascript:alert(1)">the trap</a>, which has been there for years, they say.</p>
        """)
    #expect(markdown.contains("[the map](https://notes.example/maps/port.html)"))
    #expect(markdown.contains("[the plan](https://cdn.example/a_%28b%29)"))
    #expect(markdown.contains("and the trap, which"))
  }

  @Test func `a base element decides what links are relative to`() throws {
    let page = Pages.page(
      Pages.prose + "<p>See <a href='b.html'>the other page</a> for the whole of the long story.</p>" + Pages.prose,
      head: "<base href='https://other.example/x/'>")
    #expect(try Pages.extract(page).markdown.contains("(https://other.example/x/b.html)"))
  }

  @Test func `images keep their text and their captions, lazy ones their address`() throws {
    let markdown = try Pages.markdown(
      of: """
        <figure><img src="data:image/gif;base64,R0" data-src="/img/pier.jpg" alt="A pier">
        <figcaption>The <i>eastern</i> pier</figcaption></figure>
        <p><img srcset="/s.jpg 320w, /l.jpg 1280w" alt="Large"></p>
        """)
    #expect(markdown.contains("![A pier](https://notes.example/img/pier.jpg)\n\n*The eastern pier*\n"))
    #expect(markdown.contains("![Large](https://notes.example/l.jpg)"))
  }

  @Test func `an element that calls itself a caption is that of the image before it`() throws {
    let page = try Pages.extract(
      Pages.page(
        Pages.prose + "<div><img src='/p.png' alt='Pier'></div><div class='image-caption'>The pier</div>" + Pages.prose)
    )
    #expect(page.markdown.contains("![Pier](https://notes.example/p.png)\n\n*The pier*\n"))
    #expect(!page.text.contains("The pier"))
  }

  @Test func `tables of data become tables, with the bars in their cells escaped`() throws {
    let markdown = try Pages.markdown(
      of: """
        <table><thead><tr><th>Good</th><th>From</th></tr></thead><tbody><tr><td>oil</td><td>south|west</td></tr>
        <tr><td colspan="2">nothing else</td></tr></tbody></table>
        """)
    #expect(
      markdown.contains("| Good | From |\n| --- | --- |\n| oil | south\\|west |\n| nothing else |  |\n"))
  }

  @Test func `text of a table outside its cells is kept when the cells hold nothing`() throws {
    let rows = "<tr><td></td></tr>Between the rows.<tr><td> </td></tr>"
    let markdown = try Pages.markdown(of: "<table>Before them.<tbody>\(rows)</tbody></table>")
    #expect(markdown.contains("\n\nBefore them.\n\nBetween the rows.\n\n"))
  }

  @Test func `text of a table outside its cells is kept beside them`() throws {
    let layout = "<table><tr><td><p>In a cell.</p></td></tr>Below the row.<caption>Above.</caption></table>"
    #expect(try Pages.markdown(of: layout).contains("\n\nIn a cell.\n\nBelow the row.\n\nAbove.\n\n"))
    let data = "<table>Before.<tr><th>a<th>b<tr>Between.<td>c<td>d</table>"
    let table = "| a | b |\n| --- | --- |\n| c | d |"
    #expect(try Pages.markdown(of: data).contains("\n\nBefore.\n\nBetween.\n\n\(table)\n\n"))
  }

  @Test func `tables that lay out a page are read as the text in them`() throws {
    let page = "<html><body><table><tr><td>\(Pages.prose)</td></tr></table></body></html>"
    let markdown = try Pages.extract(page).markdown
    #expect(markdown.contains("The harbour was built"))
    #expect(!markdown.contains("|"))
  }

  @Test func `formulas are given in TeX`() throws {
    let markdown = try Pages.markdown(
      of: #"""
        <p>The area is <span class="katex"><span class="katex-mathml"><math><semantics><mi>A</mi><annotation
        encoding="application/x-tex">A = \pi r^2</annotation></semantics></math></span><span class="katex-html"
        aria-hidden="true">A=πr2</span></span> in all cases that we know of, and <math alttext="x^2"><mi>x</mi></math>
        too.</p><script type="math/tex; mode=display">E = mc^2</script>
        """#)
    #expect(markdown.contains(#"The area is $A = \pi r^2$ in all cases"#))
    #expect(!markdown.contains("πr2"))
    #expect(markdown.contains("and $x^2$ too."))
    #expect(markdown.contains("$$\nE = mc^2\n$$"))
  }

  @Test func `footnotes are marked and written out without the links back`() throws {
    let markdown = try Pages.markdown(
      of: """
        <p>Sand closed the harbour within a few years<sup><a href="#fn1" id="ref1">1</a></sup>, as the books say.</p>
        <ol><li id="fn1">Not all of them agree on it. <a href="#ref1">back</a></li></ol>
        """)
    #expect(markdown.contains("a few years[^1], as the books say."))
    #expect(markdown.contains("[^1]: Not all of them agree on it.\n"))
  }

  @Test func `line breaks stay and two in a row part paragraphs`() throws {
    let markdown = try Pages.markdown(
      of: "<div>The first line, which is short,<br>the second<br><br>and the third.</div>")
    #expect(markdown.contains("which is short,  \nthe second\n\nand the third."))
  }

  @Test(arguments: [
    ("2 * 3 * 4", #"2 \* 3 \* 4"#), ("snake_case stays", "snake_case stays"), ("_under_ it", #"\_under\_ it"#),
    ("# not a heading", "\\# not a heading"), ("1. not a list", #"1\. not a list"#), ("- nor this", #"\- nor this"#),
    ("&lt;b&gt; is a tag", #"\<b> is a tag"#), ("a &amp;amp; b", #"a \&amp; b"#), ("[x](y)", #"[x\](y)"#),
    ("&gt; no quote", #"\> no quote"#), ("C:\\*", #"C:\\\*"#), ("`tick`", #"\`tick\`"#),
  ])
  func `text that looks like Markdown is escaped`(source: String, expected: String) throws {
    #expect(try Pages.markdown(of: "<p>\(source)</p>").contains("\n\(expected)\n"))
  }

  @Test func `plain text has no marks`() throws {
    let page = try Pages.extract(
      Pages.page(Pages.prose + "<p>Two * three is <b>six</b>, as <a href='/x'>all know</a>.</p>"))
    #expect(page.text.contains("Two * three is six, as all know."))
  }
}
