import Crawling
import Testing

@Suite struct StructureTests {
  @Test func `a cell that spans rows keeps the columns below in place`() throws {
    let markdown = try Pages.markdown(
      of:
        "<table><tr><th>Year</th><th>Port</th><th>Ships</th></tr><tr><td rowspan=2>1200</td><td>East</td><td>4</td></tr>"
        + "<tr><td>West</td><td>9</td></tr><tr><td colspan=2>All</td><td>13</td></tr></table>")
    #expect(markdown.contains("| 1200 | East | 4 |\n|  | West | 9 |\n| All |  | 13 |"))
  }

  @Test func `cells that span too much end at the table's bounds`() throws {
    let cells = String(repeating: "<td rowspan=50 colspan=50>x</td>", count: 400)
    let rows = String(repeating: "<tr><td>y</td><td>z</td></tr>", count: 400)
    let page = try Pages.extract(Pages.page(Pages.prose + "<table><tr>\(cells)</tr>\(rows)</table>"))
    #expect(page.text.contains("fish sauce"))
    #expect(page.markdown.utf8.count < 4 << 20)
  }

  @Test func `formulas of KaTeX and MathJax are their TeX`() throws {
    let katex = """
      <span class="katex-display"><span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>a</mi></mrow>
      <annotation encoding="application/x-tex">a^2</annotation></semantics></math></span>
      <span class="katex-html" aria-hidden="true"><span class="mord">a2</span></span></span></span>
      """
    #expect(try Pages.markdown(of: katex).contains("\n$$\na^2\n$$\n"))
    let mathjax = """
      <p>Where <mjx-container class="MathJax" jax="SVG"><svg><text>b2</text></svg><mjx-assistive-mml><math><semantics>
      <mi>b</mi><annotation encoding="application/x-tex">b^2</annotation></semantics></math></mjx-assistive-mml>
      </mjx-container> is the breadth of the harbour, in metres.</p>
      """
    let markdown = try Pages.markdown(of: mathjax)
    #expect(markdown.contains("Where $b^2$ is"))
    let second = """
      <p>Where <span class="MathJax"><nobr>c2</nobr><span class="MJX_Assistive_MathML"><math><mi>c</mi></math></span></span>
      <script type="math/tex">c^2</script> is the depth of the harbour, in metres.</p>
      """
    let older = try Pages.markdown(of: second)
    #expect(older.contains("$c^2$ is"))
    #expect(!older.contains("c2"))
  }
}
