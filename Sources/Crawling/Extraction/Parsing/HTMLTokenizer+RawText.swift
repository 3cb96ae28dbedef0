extension HTMLTokenizer {
  /// The text of an element in which there are no tags, up to its end tag, which is passed over. Nil when the element
  /// never ends; then what follows is markup like any other. Scripts and styles without an end last to the page's.
  mutating func rawText(of name: ElementName) -> Range<Int>? {
    let start = position
    let isCode = name.tag == .script || name.tag == .style
    let end = name.tag == .script ? scriptEnd(from: start) : endTag(name, from: start)
    guard let end else { return isCode ? rest() : nil }
    position = end + 2
    _ = tag(from: position)
    return start..<end
  }

  /// Whether an end tag of this name comes.
  mutating func hasEndTag(_ name: ElementName) -> Bool {
    // Found again for each element in turn: the search goes on where the last one found something.
    if let known = knownEnds[name.tag], known >= position { return true }
    guard let end = endTag(name, from: position) else { return false }
    knownEnds[name.tag] = end
    return true
  }

  /// Where the next end tag of this name begins.
  private mutating func endTag(_ name: ElementName, from start: Int) -> Int? {
    if missing.endTags.contains(name.tag) { return nil }
    var from = start
    while let open = find(UInt8(ascii: "<"), from: from) {
      if self[open + 1] == UInt8(ascii: "/"), nameHash(at: open + 2, limit: Self.longestRawName) == name.hash {
        return open
      }
      from = open + 1
    }
    missing.endTags.insert(name.tag)
    return nil
  }

  /// No element with raw text has a longer name: `noframes`, `noscript`, `textarea`.
  private static let longestRawName = 8

  /// The hash of the tag name at a position, in lower case; nil when it is longer than `limit` or the page ends in it.
  private func nameHash(at start: Int, limit: Int) -> NameHash? {
    var hash = NameHash()
    for index in start...(start + limit) {
      let byte = self[index]
      if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || ASCII.isSpace(byte) { return hash }
      if byte == 0 { return nil }
      hash.add(ASCII.lowercased(byte))
    }
    return nil
  }

  /// Where a script ends. Inside `<!--` and `-->` a script tag within the script is part of it, with its end tag (the
  /// escaped states of the Standard); a script that would not end so ends at the first end tag.
  private mutating func scriptEnd(from start: Int) -> Int? {
    let script = ElementName(.script)
    guard !missing.scriptEnd, let first = endTag(script, from: start) else { return endTag(script, from: start) }
    guard let comment = commentStart(in: start..<first) else { return first }
    if let end = escapedScriptEnd(from: comment) { return end }
    missing.scriptEnd = true
    return first
  }

  private func commentStart(in range: Range<Int>) -> Int? {
    var from = range.lowerBound
    while let open = page.position(of: UInt8(ascii: "<"), in: from..<range.upperBound) {
      if matches("<!--", at: open) { return open }
      from = open + 1
    }
    return nil
  }

  private enum Escape { case none, once, twice }

  /// Follows the escaped states from the script's first `<!--` on.
  private func escapedScriptEnd(from start: Int) -> Int? {
    var state = Escape.none
    var index = start
    while index < page.count {
      let byte = page[index]
      if byte == UInt8(ascii: "-"), state != .none, matches("-->", at: index) {
        state = .none
        index += 3
      } else if byte == UInt8(ascii: "<") {
        if state == .none, matches("<!--", at: index) {
          state = .once
          // The two dashes may belong to the end as well: `<!-->`.
          index += 2
        } else if isScriptTag(at: index + 2), page[min(index + 1, page.count - 1)] == UInt8(ascii: "/") {
          if state != .twice { return index }
          state = .once
          index += 8
        } else if state == .once, isScriptTag(at: index + 1) {
          state = .twice
          index += 7
        } else {
          index += 1
        }
      } else {
        index += 1
      }
    }
    return nil
  }

  private func isScriptTag(at start: Int) -> Bool {
    nameHash(at: start, limit: 6) == ElementName(.script).hash
  }
}
