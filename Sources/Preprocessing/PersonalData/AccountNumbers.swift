/// Numbers of payment cards (13 to 19 digits in groups of four or so, whose check digit is right: ISO/IEC 7812) and of
/// bank accounts (IBAN, ISO 13616, whose remainder modulo 97 is one).
func accountNumbers(_ bytes: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var position = 0
  while position < bytes.count {
    let isStart = position == 0 || !isAlphanumeric(bytes[position - 1])
    if isStart, let end = cardEnd(bytes, position) ?? ibanEnd(bytes, position) {
      found.append(position..<end)
      position = end
    } else {
      position += 1
    }
  }
  return found
}

private func cardEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
  var digits: [Int] = []
  var position = start
  while position < bytes.count, digits.count <= 19 {
    if bytes[position].isASCIIDigit {
      digits.append(Int(bytes[position] - 0x30))
    } else if !(" -".utf8.contains(bytes[position]) && position > start && bytes[position - 1].isASCIIDigit) {
      break
    }
    position += 1
  }
  while position > start, !bytes[position - 1].isASCIIDigit { position -= 1 }
  guard (13...19).contains(digits.count), position == bytes.count || !isAlphanumeric(bytes[position]) else {
    return nil
  }
  // Cards begin with 2 to 6 (ISO/IEC 7812-1, major industry identifiers of banking and travel).
  guard (2...6).contains(digits[0]), Set(digits).count > 2 else { return nil }
  let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
    let value = digit.offset.isMultiple(of: 2) ? digit.element : digit.element * 2
    return sum + (value > 9 ? value - 9 : value)
  }
  return sum.isMultiple(of: 10) ? position : nil
}

private func ibanEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
  guard start + 15 <= bytes.count, bytes[start].isASCIIUppercase, bytes[start + 1].isASCIIUppercase,
    bytes[start + 2].isASCIIDigit, bytes[start + 3].isASCIIDigit
  else { return nil }
  var characters: [UInt8] = []
  var position = start
  while position < bytes.count, characters.count < 34 {
    if bytes[position].isASCIIUppercase || bytes[position].isASCIIDigit {
      characters.append(bytes[position])
    } else if bytes[position] != ASCII.space || characters.count % 4 != 0 {
      break
    }
    position += 1
  }
  // Words in capitals may follow: the longest beginning whose remainder is right counts.
  while characters.count >= 15 {
    if remainder(characters) == 1 { return end(of: characters.count, bytes, start) }
    characters.removeLast()
  }
  return nil
}

/// After the `count`th character that is no space.
private func end(of count: Int, _ bytes: [UInt8], _ start: Int) -> Int {
  var (left, position) = (count, start)
  while left > 0 {
    if bytes[position] != ASCII.space { left -= 1 }
    position += 1
  }
  return position
}

private func remainder(_ characters: [UInt8]) -> Int {
  (characters[4...] + characters[..<4]).reduce(0) { rest, byte in
    byte.isASCIIDigit ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte - 0x41) + 10) % 97
  }
}

private func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit }
