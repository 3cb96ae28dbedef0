import Testing

@testable import Crawling

@Suite struct TreeConstructionTests {
  @Test(arguments: [
    ("", "html"), ("a", "html(head body(\"a\"))"), ("<p>a", "html(head body(p(\"a\")))"),
    ("<title>a</title>b", "html(head(title(\"a\")) body(\"b\"))"),
    ("<html><head><meta></head> <link><body><base>", "html(head(meta link) body(base))"),
    ("</p>a</html>b<body>c", "html(head body(\"abc\"))"),
    ("<head><noscript><img><p></noscript><link></head><body>a", "html(head(noscript(img p) link) body(\"a\"))"),
    ("<head><template><p></template><meta></head>", "html(head(template(p) meta))"),
  ])
  func `html, head and body are implied`(html: String, outline: String) {
    #expect(Outline.page(html) == outline)
  }

  @Test(arguments: [
    ("<p>a<p>b", "p(\"a\") p(\"b\")"), ("<p>a<div>b", "p(\"a\") div(\"b\")"),
    ("<p>a<h2>b<h3>c", "p(\"a\") h2(\"b\") h3(\"c\")"),
    ("<p>a<ul><li>b", "p(\"a\") ul(li(\"b\"))"), ("<p>a<hr>b", "p(\"a\") hr \"b\""), ("a</p>b", "\"a\" p \"b\""),
    ("<button><p>a</button>b", "button(p(\"a\")) \"b\""), ("<h1>a</h2>b", "h1(\"a\") \"b\""),
    ("<p><span>a<p>b", "p(span(\"a\")) p(\"b\")"), ("<div><p>a</div>b", "div(p(\"a\")) \"b\""),
  ])
  func `paragraphs end where a block begins`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("<ul><li>a<li>b</ul>", "ul(li(\"a\") li(\"b\"))"),
    ("<ul><li>a<ul><li>b</ul>c</ul>", "ul(li(\"a\" ul(li(\"b\")) \"c\"))"),
    ("<ul><li><div>a<li>b</ul>", "ul(li(div(\"a\")) li(\"b\"))"),
    ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(\"a\") dd(\"b\") dt(\"c\"))"),
    (
      "<select><optgroup><option>a<option>b<optgroup></select>c",
      "select(optgroup(option(\"a\") option(\"b\")) optgroup) \"c\""
    ),
    ("<ruby>a<rp>(<rt>b<rp>)</ruby>", "ruby(\"a\" rp(\"(\") rt(\"b\") rp(\")\"))"),
  ])
  func `items end where the next begins`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("<table><tr><td>a<td>b<tr><th>c</table>d", "table(tbody(tr(td(\"a\") td(\"b\")) tr(th(\"c\")))) \"d\""),
    ("<table><td>a", "table(tbody(tr(td(\"a\"))))"),
    (
      "<table><caption>a<col><thead><td>b<tfoot><td>c",
      "table(caption(\"a\") colgroup(col) thead(tr(td(\"b\"))) tfoot(tr(td(\"c\"))))"
    ),
    ("<table><td><table><td>a</table>b</table>c", "table(tbody(tr(td(table(tbody(tr(td(\"a\")))) \"b\")))) \"c\""),
    ("<table>a<tr>b<td>c</td>d</tr>e</table>f", "table(\"a\" tbody(tr(\"b\" td(\"c\") \"d\") \"e\")) \"f\""),
    ("<table><tr><div>a<td>b", "table(tbody(tr(div(\"a\") td(\"b\"))))"),
    ("<table><form><tr><td>a</form>b", "table(form tbody(tr(td(\"ab\"))))"),
    ("<table><tr><table><td>a", "table(tbody(tr)) table(tbody(tr(td(\"a\"))))"), ("<p>a<td>b</td>c", "p(\"abc\")"),
    ("<div><table><td></div>a</table>b", "div(table(tbody(tr(td(\"a\")))) \"b\")"),
  ])
  func `tables get their rows and keep what stands in them`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("<b>a<i>b</b>c</i>d", "b(\"a\" i(\"b\")) i(\"c\") \"d\""), ("<b>a<p>b</b>c", "b(\"a\") p(b(\"b\") \"c\")"),
    ("<p><b>a<p>b</b>c", "p(b(\"a\")) p(b(\"b\") \"c\")"), ("<a>b<a>c", "a(\"b\") a(\"c\")"),
    ("<a>b<div>c</a>d</div>e", "a(\"b\") div(a(\"c\") \"d\") \"e\""), ("<p><a>b<p>c", "p(a(\"b\")) p(\"c\")"),
    ("<b><b><b><b>a</b>b</b>c</b>d</b>e", "b(b(b(b(\"a\") \"b\") \"c\") \"d\") \"e\""),
    ("<b><i><u><div>a</b>b", "b(i(u)) i(u(div(b(\"a\") \"b\")))"), ("</b>a</i>", "\"a\""),
    ("<table><td><b>a</table>b", "table(tbody(tr(td(b(\"a\"))))) \"b\""),
    ("<b><table><td></b>a</table>b", "b(table(tbody(tr(td(\"a\")))) \"b\")"),
  ])
  func `words set apart keep their marks when tags cross`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("<svg><circle/><g>a</g></svg>b", "svg(#other #other(\"a\")) \"b\""), ("<svg><g><p>a", "svg(#other) p(\"a\")"),
    ("<svg><title>a<b>b</title></svg>", "svg(title(\"a\" b(\"b\")))"),
    ("<svg><foreignObject><p>a</svg>b", "svg(foreignobject(p(\"a\"))) \"b\""),
    ("<math><mi>a<mo>b</math>c", "math(mi(\"a\" mo(\"b\"))) \"c\""),
    ("<math><mi>a</mi><mo>b</math>c", "math(mi(\"a\") mo(\"b\")) \"c\""),
    ("<math><annotation encoding=x>a</annotation></math>b", "math(annotation(\"a\")) \"b\""),
    (
      "<math><annotation-xml encoding='Text/HTML'><p>a</annotation-xml></math>b", "math(annotation-xml(p(\"a\"))) \"b\""
    ),
    ("<svg><script>a</script></svg>b", "svg(script(\"a\")) \"b\""), ("<svg/>a", "svg \"a\""),
  ])
  func `drawings and formulas stand in the text`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("a<br>b</br>c<img>d<input>e<wbr>", "\"a\" br \"b\" br \"c\" img \"d\" input \"e\" wbr"), ("<image>", "img"),
    ("<div/>a</div>b", "div(\"a\") \"b\""), ("<x-y>a</x-y>b", "#other(\"a\") \"b\""),
    ("<x-y>a</x-z>b", "#other(\"ab\")"),
    ("<div><span>a</div>b", "div(span(\"a\")) \"b\""), ("<span><div>a</span>b", "span(div(\"ab\"))"),
    ("<form><div></form>a</div>b", "form(div(\"a\")) \"b\""), ("<form>a<form>b</form>c", "form(\"ab\") \"c\""),
    ("<noscript><div><b>a</noscript>b", "noscript(div(b(\"a\"))) \"b\""),
    ("<p>a<noscript><div>b</noscript>c", "p(\"a\" noscript(div(\"b\")) \"c\")"),
    ("<pre>\na\nb</pre>", "pre(\"a\nb\")"), ("<template><tr><td>a</template>b", "template(tr(td(\"a\"))) \"b\""),
    ("<object><p>a</object>b", "object(p(\"a\")) \"b\""), ("<center><p>a</center>b", "center(p(\"a\")) \"b\""),
  ])
  func `other elements open and close by the Standard`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test func `what nests too deeply is flattened in order`() {
    let html = String(repeating: "<div>", count: 30) + "a<p>b</p>c" + String(repeating: "</div>", count: 30) + "d"
    #expect(Outline.body(html, limits: ExtractionLimits(depth: 5)) == "div(div(\"abc\")) \"d\"")
  }

  @Test func `attributes of html and body are kept wherever they stand`() {
    let tree = HTMLParser.parse(Array("<p>a<html lang=fr><body class=x>".utf8), limits: ExtractionLimits())
    #expect(tree.first(.html, in: 0).flatMap { tree.string(.lang, of: $0) } == "fr")
    #expect(tree.first(.body, in: 0).flatMap { tree.string(.class, of: $0) } == "x")
  }
}
