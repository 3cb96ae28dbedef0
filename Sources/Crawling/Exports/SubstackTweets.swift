/// The text of a Substack post with a block quote in the place of each tweet: they are the words of others, which the page
/// keeps in an attribute for its scripts and sometimes shows beside the author's own.
func quotingTweets(_ html: String) -> String {
  let bytes = Array(html.utf8)
  var result: [UInt8] = []
  var position = 0
  while let start = ASCII.find("<div class=\"tweet\"", in: bytes, from: position) {
    guard let tagEnd = endOfTag(bytes, from: start), let end = endOfDiv(bytes, from: tagEnd + 1)
    else { break }
    result += bytes[position..<start]
    result += Array(blockQuote(of: Array(bytes[start..<tagEnd])).utf8)
    position = end
  }
  return String(decoding: result + bytes[position...], as: UTF8.self)
}

/// Where the tag ends that begins at `start`; a bracket inside a value does not end it.
private func endOfTag(_ bytes: [UInt8], from start: Int) -> Int? {
  var isValue = false
  for position in start..<bytes.count {
    if bytes[position] == UInt8(ascii: "\"") { isValue.toggle() }
    if bytes[position] == UInt8(ascii: ">"), !isValue { return position }
  }
  return nil
}

/// Where the `div` ends whose contents begin at `start`; nil if it is never closed.
private func endOfDiv(_ bytes: [UInt8], from start: Int) -> Int? {
  var depth = 1
  var position = start
  while let mark = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
    if bytes[mark...].starts(with: "<div".utf8) { depth += 1 }
    if bytes[mark...].starts(with: "</div>".utf8) {
      depth -= 1
      if depth == 0 { return mark + 6 }
    }
    position = mark + 1
  }
  return nil
}

private func blockQuote(of tag: [UInt8]) -> String {
  guard let mark = ASCII.find("data-attrs=\"", in: tag, from: 0) else { return "" }
  let value = tag[(mark + 12)...].prefix { $0 != UInt8(ascii: "\"") }
  var json: [UInt8] = []
  Array(value).withUnsafeBufferPointer { CharacterReferences.append($0, inAttribute: true, to: &json) }
  guard let tweet = JSONReader.read(json), let words = tweet["full_text"]?.text else { return "" }
  let name = tweet["name"]?.text ?? tweet["username"]?.text
  let link = tweet["url"]?.text.flatMap { canonicalLink($0) }
  let source = link.map { " (<a href=\"\(escaped($0))\">\(escaped(name ?? $0))</a>)" } ?? ""
  return "<blockquote><p>\(escaped(words))\(source)</p></blockquote>"
}

private func escaped(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
}
