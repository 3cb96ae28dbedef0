import Testing

@testable import Crawling

@Suite struct CharacterReferenceTests {
  @Test(arguments: [
    ("&amp;&lt;&gt;&quot;", "&<>\""), ("&AMP &LT", "& <"), ("&eacute;&Eacute;", "éÉ"), ("&notin;", "\u{2209}"),
    ("&notit;", "\u{AC}it;"), ("&not", "\u{AC}"), ("&notin", "\u{AC}in"), ("&hellip", "&hellip"),
    ("&nosuch;", "&nosuch;"),
    ("&CounterClockwiseContourIntegral;", "\u{2233}"), ("&nGt;", "\u{226B}\u{20D2}"), ("&fjlig;", "fj"),
    ("&frac12;&there4;", "\u{BD}\u{2234}"), ("& amp;", "& amp;"), ("&;", "&;"), ("&&amp;", "&&"), ("&ampamp;", "&amp;"),
    ("&Acirc&copy", "\u{C2}\u{A9}"), ("&Afr;", "\u{1D504}"),
  ])
  func `names are matched as far as they go`(html: String, text: String) {
    #expect(Outline.text("<p>" + html) == text)
  }

  @Test(arguments: [
    ("&#65;&#x42;&#X43;", "ABC"), ("&#65B", "AB"), ("&#150;&#x80;&#x9F;", "\u{2013}\u{20AC}\u{178}"),
    ("&#0;", "\u{FFFD}"),
    ("&#xD800;", "\u{FFFD}"), ("&#x110000;", "\u{FFFD}"), ("&#99999999999999999999999;", "\u{FFFD}"),
    ("&#x1F600;", "\u{1F600}"), ("&#;", "&#;"), ("&#x;", "&#x;"), ("&#xg;", "&#xg;"), ("&#", "&#"),
    ("&#160;", "\u{A0}"),
  ])
  func `numbers stand for characters`(html: String, text: String) {
    #expect(Outline.text("<p>" + html) == text)
  }

  @Test func `every name of the Standard is known`() {
    #expect(NamedReferenceList.count == 2125)
    #expect(Outline.text("<p>&zwnj;&zwj;&AElig;&yuml;&Zeta;&hearts;") == "\u{200C}\u{200D}\u{C6}\u{FF}\u{396}\u{2665}")
  }
}
