import Preprocessing

/// What a block of a document is good for.
enum BlockUse: Equatable {
  /// Sentences that an answer can be made of.
  case prose
  /// What may stand between prose: lists, short lines, code, tables, and quotes where they are kept.
  case support
  /// A line in bold that serves as a heading.
  case heading(String)
  /// What no answer may hold: the words of others, captions, navigation, calls to subscribe, lines between sections.
  case separator

  init(_ bytes: [UInt8], _ block: MarkdownBlock, quotes: QuoteUse) {
    if quotes == .leaveOut, isQuoted(bytes, block) {
      self = .separator
      return
    }
    let text = String(decoding: bytes[block.range], as: UTF8.self)
    switch block.kind {
    case .heading, .rule: self = .separator
    case .list, .quote: self = isPromotion(text) || isMostlyLinks(text) ? .separator : .support
    case .table, .fence, .indentedCode: self = .support
    case .paragraph:
      if let title = boldTitle(text) {
        self = .heading(title)
      } else if isPromotion(text) || isCaption(text) || isMostlyLinks(text) {
        self = .separator
      } else if isProse(text) {
        self = .prose
      } else {
        // A short line is a lead to what follows when it says so; otherwise it is a button or a name.
        self = text.hasSuffix(":") ? .support : .separator
      }
    }
  }
}

/// Whether a block of text ends as a sentence does.
func endsSentence(_ bytes: ArraySlice<UInt8>) -> Bool {
  var rest = bytes
  while let last = rest.last, "\"')]*_` \n".utf8.contains(last) { rest = rest.dropLast() }
  if rest.suffix(3).elementsEqual("”".utf8) || rest.suffix(3).elementsEqual("’".utf8) { rest = rest.dropLast(3) }
  guard let last = rest.last else { return false }
  let isWideStop = ["。", "！", "？", "…", "।"].contains { rest.suffix(3).elementsEqual($0.utf8) }
  return ".!?".utf8.contains(last) || isWideStop
}

private func isProse(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard bytes.count >= 60 else { return false }
  let ends = sentenceRanges(bytes, 0..<bytes.count).contains { endsSentence(bytes[$0]) }
  let letters = text.unicodeScalars.count { $0.properties.isAlphabetic || $0 == " " }
  return ends && letters * 4 >= text.unicodeScalars.count * 3
}

/// The words of a paragraph that is one short line, all in bold.
private func boldTitle(_ text: String) -> String? {
  guard text.utf8.count <= 120, !text.contains("\n") else { return nil }
  let inner = text.drop { $0 == "_" || $0 == " " }
  guard inner.hasPrefix("**"), inner.dropFirst(2).contains("**") else { return nil }
  let rest = inner.dropFirst(2)
  guard let close = rest.firstRange(of: "**") else { return nil }
  let isAllBold = rest[close.upperBound...].allSatisfy { "_*: ".contains($0) || !$0.isLetter && !$0.isNumber }
  let title = plainText(String(rest[..<close.lowerBound]))
  return isAllBold && title.utf8.count >= 3 ? title : nil
}

/// Words by which a short paragraph gives away that it is not about its subject.
private let promotions = [
  "subscribe", "newsletter", "paid subscriber", "follow me", "follow us", "thanks for reading", "thank you for reading",
  "see you next", "sign up", "share this post", "pre-order", "preorder", "buy me a coffee", "join us", "coupon",
  "% off", "discount", "leave a comment", "give it a star", "support us", "support my work", "special thanks",
  "all rights reserved", "table of contents", "originally published", "was published in", "early access",
  "in case you missed", "click here", "check it out", "check them out", "my linkedin", "connect with me", "clap",
  "free course", "join aboard", "enroll", "we released", "i released", "waitlist",
]

private func isPromotion(_ text: String) -> Bool {
  guard text.utf8.count <= 420 else { return false }
  let lowercased = text.lowercased()
  return promotions.contains { lowercased.contains($0) }
}

private func isCaption(_ text: String) -> Bool {
  guard text.utf8.count <= 220 else { return false }
  let lowercased = text.lowercased()
  let credits = [
    "image by", "photo by", "gif by", "video by", "images by", "image from", "image source", "image generated",
  ]
  return credits.contains { lowercased.contains($0) } || lowercased.hasPrefix("source:")
    || lowercased.hasPrefix("figure ")
}

/// Whether links and pointers to them make up more than half of a text.
private func isMostlyLinks(_ text: String) -> Bool {
  if let last = text.split(whereSeparator: \.isWhitespace).last, isHostName(last) { return true }
  let lines = text.split(separator: "\n")
  let marked = lines.filter { line in
    line.contains("🔗") || line.contains("👉") || line.contains("👈")
      || plainText(String(line)).utf8.count * 2 < line.utf8.count
      || line.drop { !$0.isLetter }.hasPrefix("http")
  }
  return marked.count * 2 > lines.count
}

/// Whether a word ends in the name of a site, as the cards of embedded links do.
private func isHostName(_ word: Substring) -> Bool {
  let name = word.drop { "_*(".contains($0) }
  let ending = name.split(separator: ".").last ?? ""
  return name.contains(".") && ["com", "org", "io", "dev", "net", "ai", "co"].contains(ending)
}
