/// Telephone numbers: with `+` and 8 to 15 digits (ITU-T E.164) in groups, or as North America writes them, with brackets
/// or separators between all three groups. Other runs of digits are dates, versions and sizes far more often.
func phoneNumbers(_ bytes: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var position = 0
  while position < bytes.count {
    if let end = internationalEnd(bytes, position) ?? northAmericanEnd(bytes, position) {
      found.append(position..<end)
      position = end
    } else {
      position += 1
    }
  }
  return found
}

/// The end of `+44 20 7946 0958` and the like, that begins at `start`.
private func internationalEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
  guard bytes[start] == UInt8(ascii: "+"), !followsWord(bytes, start) else { return nil }
  var (digits, groups, end, position) = (0, 0, start + 1, start + 1)
  guard position < bytes.count, (0x31...0x39).contains(bytes[position]) else { return nil }
  while position < bytes.count {
    if bytes[position].isASCIIDigit {
      if position == start + 1 || !bytes[position - 1].isASCIIDigit { groups += 1 }
      digits += 1
      end = position + 1
    } else if !" .-()/".utf8.contains(bytes[position]) || position - end >= 2 {
      break
    }
    position += 1
  }
  guard (8...15).contains(digits), groups <= 7, !isInWord(bytes, end) else { return nil }
  return end
}

/// The end of `(212) 736-5000` or `212-736-5000`, that begins at `start`.
private func northAmericanEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
  guard !followsWord(bytes, start) else { return nil }
  var position = start
  func digits(_ count: Int) -> Bool {
    guard position + count <= bytes.count, bytes[position..<(position + count)].allSatisfy(\.isASCIIDigit) else {
      return false
    }
    position += count
    return true
  }
  func skip(_ marks: String) -> Bool {
    guard position < bytes.count, marks.utf8.contains(bytes[position]) else { return false }
    position += 1
    return true
  }
  let hasBracket = skip("(")
  // Area codes and exchanges begin with 2 to 9 (North American Numbering Plan).
  guard position < bytes.count, bytes[position] >= 0x32, digits(3) else { return nil }
  if hasBracket {
    guard skip(")") else { return nil }
    _ = skip(" ")
  } else {
    guard skip("-.") else { return nil }
  }
  guard position < bytes.count, bytes[position] >= 0x32, digits(3) else { return nil }
  let exchange = bytes[(position - 3)..<position]
  guard skip("-."), digits(4), !isInWord(bytes, position) else { return nil }
  // 555-0100 to 555-0199 are set aside for fiction.
  let line = bytes[(position - 4)..<position]
  let isFiction = exchange.elementsEqual("555".utf8) && line.prefix(2).elementsEqual("01".utf8)
  return isFiction ? nil : position
}

private func followsWord(_ bytes: [UInt8], _ start: Int) -> Bool {
  guard start > 0 else { return false }
  let byte = bytes[start - 1]
  return byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || "_/=.-".utf8.contains(byte)
}

/// Whether a word or number goes on at `end`.
private func isInWord(_ bytes: [UInt8], _ end: Int) -> Bool {
  guard end < bytes.count else { return false }
  return bytes[end].isASCIILetter || bytes[end].isASCIIDigit || bytes[end] == UInt8(ascii: "_")
}
