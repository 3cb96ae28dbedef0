import TestSupport

/// Pieces that break naive scanners, in many scripts; joined at random they give text that nobody would write.
private let fragments = [
  "word", "Word.", "e.g.", "fine-", "tuning", " ", "  ", "\t", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "# ",
  "## Heading\n",
  "```", "\n```swift\nlet x = 1\n\n\n  \n```\n", "\n~~~\n", "`code &lt; x`", "`", "``", "&amp;", "&lt;", "&amp;lt;",
  "&nbsp;",
  "&#96;", "&#x3bb;", "&#10;", "&eacute;", "&#4449;", "&", ";", "#", "- item\n", "1. one\n", "> quote\n", "| a | b |\n",
  "|---|---|\n", "a | b\n", "===\n", "---\n", "    indented\n", "https://example.org/?utm_source=x&id=7#top",
  "http://a.b/?fbclid=1", "[link](https://example.org/a?gclid=3&q=%20)", "]", "(", "\u{0}", "\u{7}", "\u{200B}",
  "\u{200D}",
  "\u{200C}", "\u{FEFF}", "\u{202E}", "\u{AD}", "\u{FFFD}", "\u{2028}", "\u{85}", "\u{A0}", "e\u{301}", "\u{301}",
  "\u{1161}",
  "\u{1100}", "\u{1FEF}", "\u{37E}", "Ünïcödé", "naïve", "слово. ", "Ещё одно!", "你好。世界", "日本語です。", "한국어", "नमस्ते। ",
  "क्\u{200D}ष", "می\u{200C}خواهم", "שלום", "👩\u{200D}💻", "😀", "𝗯𝗼𝗹𝗱", "\\", "*", "_", "!", "?", "…", "”", "’", "0",
]

/// `count` fragments in a row.
func randomMarkdown(_ count: Int, using generator: inout SeededGenerator) -> String {
  var text = ""
  for _ in 0..<count { text += fragments.randomElement(using: &generator) ?? "" }
  return text
}
