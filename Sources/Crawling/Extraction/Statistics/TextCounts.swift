/// What can be counted in a text, and summed over a subtree.
struct TextCounts {
  /// Visible characters; one of a script without spaces counts as two, about what a syllable of Latin letters takes.
  var characters = 0
  /// Those of them inside links to other pages.
  var linkCharacters = 0
  /// Commas and their kin in other scripts.
  var commas = 0
  /// Full stops, question and exclamation marks and their kin.
  var stops = 0

  static func += (left: inout TextCounts, right: TextCounts) {
    left.characters += right.characters
    left.linkCharacters += right.linkCharacters
    left.commas += right.commas
    left.stops += right.stops
  }

  /// The part of the text that is links, 0 to 1.
  var linkDensity: Double { characters == 0 ? 0 : Double(linkCharacters) / Double(characters) }

  /// Characters that are not links.
  var plainCharacters: Int { characters - linkCharacters }

  /// Counts one run of text.
  init(_ bytes: ArraySlice<UInt8>, isLink: Bool) {
    var index = bytes.startIndex
    let end = bytes.endIndex
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte > 0x20 {
          characters += 1
          if byte == UInt8(ascii: ",") { commas += 1 }
          if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "!") { stops += 1 }
        }
        index += 1
      } else if byte < 0xE0 {
        // U+060C, the Arabic comma, and U+00A0.
        if byte == 0xD8, index + 1 < end, bytes[index + 1] == 0x8C { commas += 1 }
        if byte != 0xC2 || index + 1 == end || bytes[index + 1] != 0xA0 { characters += 1 }
        index += 2
      } else {
        countWide(bytes, index, end)
        index += byte < 0xF0 ? 3 : 4
      }
    }
    if isLink { linkCharacters = characters }
  }

  init() {}

  private mutating func countWide(_ bytes: ArraySlice<UInt8>, _ index: Int, _ end: Int) {
    characters += bytes[index] >= 0xE3 && bytes[index] <= 0xED ? 2 : 1
    guard index + 2 < end else { return }
    switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
    case (0xE3, 0x80, 0x81), (0xEF, 0xBC, 0x8C): commas += 1  // U+3001, U+FF0C
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xE0, 0xA5, 0xA4): stops += 1
    default: break
    }
  }
}
