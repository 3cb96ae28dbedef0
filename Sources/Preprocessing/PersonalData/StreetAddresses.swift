/// Streets with a house number: `12 Elm Street`, `Lindenstraße 7`, `14 rue de la Paix`.
func streetAddresses(_ bytes: [UInt8]) -> [Range<Int>] {
  let words = wordRanges(bytes)
  var found: [Range<Int>] = []
  for (index, range) in words.enumerated() {
    let first = bytes[range.lowerBound]
    // Few words can begin one: numbers, and capitalised words before a number.
    let isBeforeNumber = index + 1 < words.count && bytes[words[index + 1].lowerBound].isASCIIDigit
    guard first.isASCIIDigit || (isBeforeNumber && range.count <= longestName) else { continue }
    let word = string(bytes, range.prefix(longestName))
    let lowercased = word.lowercased()
    if isHouseNumber(word) {
      if let end = englishEnd(bytes, words, after: index) ?? frenchEnd(bytes, words, after: index) {
        found.append(range.lowerBound..<words[end].upperBound)
      }
    } else if germanEndings.contains(where: { lowercased.hasSuffix($0) && lowercased.count > $0.count + 2 }),
      word.first?.isUppercase == true, index + 1 < words.count, isNext(bytes, range, words[index + 1]),
      isHouseNumber(string(bytes, words[index + 1]))
    {
      found.append(range.lowerBound..<words[index + 1].upperBound)
    }
  }
  return found
}

/// The word that ends one to three capitalised words and a kind of street.
private func englishEnd(_ bytes: [UInt8], _ words: [Range<Int>], after number: Int) -> Int? {
  for count in 1...3 where number + count + 1 < words.count {
    let name = (number + 1)...(number + count)
    guard name.allSatisfy({ string(bytes, words[$0]).first?.isUppercase == true }) else { return nil }
    guard (number...(number + count)).allSatisfy({ isNext(bytes, words[$0], words[$0 + 1]) }) else { return nil }
    let kind = string(bytes, words[number + count + 1])
    if kind.first?.isUppercase == true, englishKinds.contains(kind.lowercased()) { return number + count + 1 }
  }
  return nil
}

private func frenchEnd(_ bytes: [UInt8], _ words: [Range<Int>], after number: Int) -> Int? {
  guard number + 2 < words.count, frenchKinds.contains(string(bytes, words[number + 1]).lowercased()) else {
    return nil
  }
  for end in (number + 2)..<min(number + 6, words.count) {
    guard isNext(bytes, words[end - 1], words[end]) else { return nil }
    let word = string(bytes, words[end])
    if word.first?.isUppercase == true { return end }
    guard ["de", "du", "des", "la", "le", "les"].contains(word) else { return nil }
  }
  return nil
}

/// The most bytes of a street's name that is looked at.
private let longestName = 80

private let englishKinds: Set<String> = [
  "street", "st", "avenue", "ave", "road", "rd", "lane", "boulevard", "blvd", "drive", "court", "square", "terrace",
  "crescent", "parkway", "highway",
]
private let frenchKinds: Set<String> = ["rue", "avenue", "boulevard", "quai", "chemin", "impasse", "allée"]
private let germanEndings = ["straße", "strasse", "gasse", "weg", "allee", "platz"]

private func isHouseNumber(_ word: String) -> Bool {
  let digits = word.utf8.prefix { $0.isASCIIDigit }
  let rest = word.utf8.dropFirst(digits.count)
  return (1...5).contains(digits.count) && digits.first != 0x30 && rest.count <= 1 && rest.allSatisfy(\.isASCIILetter)
}

private func string(_ bytes: [UInt8], _ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

/// Whether only a space, or a full stop and a space, stand between two words.
private func isNext(_ bytes: [UInt8], _ first: Range<Int>, _ second: Range<Int>) -> Bool {
  let between = bytes[first.upperBound..<second.lowerBound]
  return between.elementsEqual(" ".utf8) || between.elementsEqual(". ".utf8)
}

private func wordRanges(_ bytes: [UInt8]) -> [Range<Int>] {
  bytes.indices.split { !(bytes[$0].isASCIILetter || bytes[$0].isASCIIDigit || bytes[$0] >= 0x80) }.map {
    $0.startIndex..<$0.endIndex
  }
}
