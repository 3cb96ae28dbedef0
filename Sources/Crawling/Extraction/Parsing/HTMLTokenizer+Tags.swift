extension HTMLTokenizer {
  /// Reads a tag of which the name starts at a position, up to behind its `>`. Nil, with the page at its end, when
  /// there is none.
  mutating func tag(from start: Int) -> ElementName? {
    var hash = NameHash()
    var index = start
    while index < page.count, !Self.endsName(page[index]) {
      hash.add(ASCII.lowercased(page[index]))
      index += 1
    }
    attributes.removeAll(keepingCapacity: true)
    isSelfClosing = false
    position = index
    guard readAttributes() else {
      position = page.count
      return nil
    }
    return ElementName(hash)
  }

  /// Reads attributes up to behind the tag's `>`; false when there is none.
  private mutating func readAttributes() -> Bool {
    var seen: UInt64 = 0
    while position < page.count {
      let byte = page[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        return true
      }
      if byte == UInt8(ascii: "/") {
        isSelfClosing = self[position + 1] == UInt8(ascii: ">")
        position += 1
      } else if ASCII.isSpace(byte) {
        position += 1
      } else {
        readAttribute(&seen)
      }
    }
    return false
  }

  /// Reads one attribute. Of several with the same name the first counts.
  private mutating func readAttribute(_ seen: inout UInt64) {
    var hash = NameHash()
    // A `=` at the beginning is part of the name.
    repeat {
      hash.add(ASCII.lowercased(page[position]))
      position += 1
    } while position < page.count && !Self.endsName(page[position]) && page[position] != UInt8(ascii: "=")
    let behindName = position
    skipSpace()
    var value = behindName..<behindName
    if self[position] == UInt8(ascii: "=") {
      position += 1
      skipSpace()
      value = readValue()
    }
    guard let known = AttributeName.byName[hash], seen & known.bit == 0 else { return }
    seen |= known.bit
    attributes.append(Attribute(name: known.name, value: value))
  }

  private mutating func readValue() -> Range<Int> {
    let byte = self[position]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return readQuotedValue(byte) }
    let start = position
    while position < page.count, !ASCII.isSpace(page[position]), page[position] != UInt8(ascii: ">") { position += 1 }
    return start..<position
  }

  /// A quoted value; one whose quote never comes ends with its tag.
  private mutating func readQuotedValue(_ quote: UInt8) -> Range<Int> {
    let start = position + 1
    if !missing.quotes.contains(quote) {
      if let end = find(quote, from: start) {
        position = end + 1
        return start..<end
      }
      missing.quotes.insert(quote)
    }
    let end = max(start, find(UInt8(ascii: ">"), from: start) ?? page.count)
    position = end
    return start..<end
  }

  private mutating func skipSpace() {
    while position < page.count, ASCII.isSpace(page[position]) { position += 1 }
  }

  @inline(__always) private static func endsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || ASCII.isSpace(byte)
  }
}
