import Preprocessing

/// List items and paragraphs that begin with what they are about, in bold, and a colon.
func leadDrafts(_ text: ExtractText) -> [Draft] {
  let topics = [text.topic, text.subject].compactMap { $0 }.filter { !$0.isGeneric && $0.question == nil }
  guard let topic = topics.first ?? text.subject else { return [] }
  var drafts: [Draft] = []
  for block in text.blocks where block.kind == .list || block.kind == .paragraph {
    let parts = block.kind == .list ? listItems(text.bytes, block.range) : [block.range]
    for part in parts {
      guard let (lead, rest) = boldLead(text, part), rest.count >= shortestAnswer, rest.count <= 1200 else { continue }
      guard endsSentence(text.bytes[rest]), let first = text.bytes[rest].first, !(first >= 0x61 && first <= 0x7A) else {
        continue
      }
      drafts.append(text.draft(Phrasing.item(lead, of: topic.asActivity), "item", answer: rest))
    }
  }
  return drafts
}

/// The bold words at the start of `range`, and the text after the colon.
private func boldLead(_ text: ExtractText, _ range: Range<Int>) -> (lead: String, rest: Range<Int>)? {
  let bytes = text.bytes
  var start = range.lowerBound
  while start < range.upperBound, !isWordStart(bytes[start]), bytes[start] != UInt8(ascii: "*") || !isBold(bytes, start)
  {
    start += 1
  }
  guard start + 2 < range.upperBound, isBold(bytes, start) else { return nil }
  guard let close = (start + 2..<range.upperBound - 1).first(where: { isBold(bytes, $0) }), close - start <= 80 else {
    return nil
  }
  var lead = plainText(text.string((start + 2)..<close))
  var position = close + 2
  while position < range.upperBound, bytes[position] == UInt8(ascii: " ") { position += 1 }
  if lead.hasSuffix(":") {
    lead.removeLast()
  } else {
    guard position < range.upperBound, bytes[position] == UInt8(ascii: ":") else { return nil }
    position += 1
  }
  while position < range.upperBound, bytes[position] == UInt8(ascii: " ") { position += 1 }
  var end = range.upperBound
  while end > position, bytes[end - 1] <= 0x20 { end -= 1 }
  guard lead.utf8.count >= 3, !lead.hasSuffix("?"), lead.contains(where: \.isLetter), position < end else { return nil }
  return (lead, position..<end)
}

private func isBold(_ bytes: [UInt8], _ position: Int) -> Bool {
  position + 1 < bytes.count && bytes[position] == UInt8(ascii: "*") && bytes[position + 1] == UInt8(ascii: "*")
}

private func isWordStart(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
}
