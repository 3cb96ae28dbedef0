import Testing

@testable import Crawling

@Suite struct TokenizerTests {
  @Test(arguments: [
    ("a<!-- b -->c", "\"ac\""), ("a<!-->b", "\"ab\""), ("a<!--->b", "\"ab\""), ("a<!---->b", "\"ab\""),
    ("a<!-- b --!>c", "\"ac\""), ("a<!-- b > - -- c -->d", "\"ad\""), ("a<!--b--->c", "\"ac\""),
    ("a<!-- b <!-- c -->d", "\"ad\""), ("a<!---!>b-->c", "\"ac\""),
  ])
  func `comments end where browsers end them`(html: String, outline: String) {
    #expect(Outline.body(html) == outline)
  }

  @Test(arguments: [
    ("<!doctype html>a", "\"a\""), ("a<!x>b", "\"ab\""), ("a<?php b ?>c", "\"ac\""), ("a</ b>c", "\"ac\""),
    ("a</>b", "\"ab\""), ("a<![CDATA[ b ]]>c", "\"ac\""),
    ("a<svg><![CDATA[<b>&amp;]]></svg>", "\"a\" svg(\"<b>&amp;\")"),
  ])
  func `what looks like a comment is one`(html: String, outline: String) {
    #expect(Outline.body(html) == outline)
  }

  @Test(arguments: [
    ("1 < 2", "\"1 < 2\""), ("1 <2", "\"1 <2\""), ("a<", "\"a<\""), ("a</", "\"a</\""), ("<<p>a", "\"<\" p(\"a\")"),
    ("&", "\"&\""), ("a<-b", "\"a<-b\""),
  ])
  func `a lone mark is text`(html: String, outline: String) {
    #expect(Outline.body(html) == outline)
  }

  @Test(arguments: [
    ("<a href=x>", "x"), ("<a href = 'x y'>", "x y"), ("<a\nHREF\n=\n\"x\">", "x"), ("<a href=a/b/>", "a/b/"),
    ("<a/href=x>", "x"), ("<a href=x href=y>", "x"), ("<a b=1 = href=x>", "x"), ("<a href='x'id=y>", "x"),
    ("<a href=\"a>b\">", "a>b"), ("<a href=>", ""), ("<a href>", ""), ("<a href=a&amp;b>", "a&b"),
    ("<a href='?a=1&copy=2&reg'>", "?a=1&copy=2\u{AE}"), ("<a href=x", nil), ("<a href=\"x>", "x"),
    ("<a href=\"x> <a href='y>", "x"),
  ])
  func `attributes are read in every form`(html: String, value: String?) {
    let tree = HTMLParser.parse(Array((html + "text").utf8), limits: ExtractionLimits())
    #expect(tree.first(.a, in: 0).flatMap { tree.string(.href, of: $0) } == value)
  }

  @Test(arguments: [
    ("<title>a <b> &lt; </title>", "title(\"a <b> < \")"), ("<style>a > b &lt;</style>", "style(\"a > b &lt;\")"),
    ("<textarea>\n<p>&amp;</textarea >", "textarea(\"<p>&\")"), ("<xmp><b></XMP>", "xmp(\"<b>\")"),
    ("<iframe><p></iframe>", "iframe(\"<p>\")"), ("<noframes><p></noframes>", "noframes(\"<p>\")"),
    ("<textarea></textareas></textarea/>", "textarea(\"</textareas>\")"),
    ("<plaintext><b>&amp;</plaintext>", "plaintext(\"<b>&amp;</plaintext>\")"),
  ])
  func `some elements hold no tags`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("<script>a</script>b", "script(\"a\") \"b\""),
    ("<script>'</scripty>'</script>b", "script(\"'</scripty>'\") \"b\""),
    ("<script><!-- a </script>b", "script(\"<!-- a \") \"b\""),
    ("<script><!--<script></script>--></script>b", "script(\"<!--<script></script>-->\") \"b\""),
    ("<script><!--><script></script>b", "script(\"<!--><script>\") \"b\""),
    ("<script><!--<scripts></script>b", "script(\"<!--<scripts>\") \"b\""),
    ("<script><!--<script>--><x></script>b", "script(\"<!--<script>--><x>\") \"b\""),
    ("<script>a", "script(\"a\")"),
  ])
  func `a script ends where browsers end it`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test(arguments: [
    ("a<!-- b <p>c", "\"a b \" p(\"c\")"), ("a<!-- b <!-- c", "\"a b  c\""), ("<textarea>a<p>b", "\"a\" p(\"b\")"),
    ("<title>a<p>b", "\"a\" p(\"b\")"), ("<noscript>a<p>b", "\"a\" p(\"b\")"), ("<template>a<p>b", "\"a\" p(\"b\")"),
    ("<script><!--<script></script>a", "script(\"<!--<script>\") \"a\""), ("<svg><![CDATA[ a <p>b", "svg(\"b\")"),
  ])
  func `what never ends does not swallow the page`(html: String, outline: String) {
    #expect(Outline.body("<body>" + html) == outline)
  }

  @Test func `NUL bytes are spaces`() {
    #expect(Outline.body("a\0b<p\0id=x>c") == "\"a b\" p(\"c\")")
  }
}
