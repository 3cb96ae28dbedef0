import Foundation

/// A text in canonical composition (NFC, Unicode Standard Annex #15), each character with the place that it comes from.
struct ComposedText {
  private(set) var bytes: [UInt8] = []
  /// For each byte, where the character that it comes from begins in the text; and the text's end.
  private var origins: [Int] = []

  /// - Returns: nil for a text that is composed already.
  init?(_ text: Span<UInt8>) {
    // Nothing before U+0300 is changed, and everything from there on has a first byte of 0xCC or more.
    guard (0..<text.count).contains(where: { text[$0] >= 0xCC }) else { return nil }
    let string = String(decoding: (0..<text.count).map { text[$0] }, as: UTF8.self)
    var (position, isChanged) = (0, false)
    for character in string {
      let composed = String(character).precomposedStringWithCanonicalMapping
      isChanged = isChanged || !composed.utf8.elementsEqual(character.utf8)
      for byte in composed.utf8 {
        bytes.append(byte)
        origins.append(position)
      }
      position += character.utf8.count
    }
    guard isChanged else { return nil }
    origins.append(position)
  }

  /// Where a place of the composed text stands in the text.
  func origin(of position: Int) -> Int { origins[max(0, min(position, origins.count - 1))] }
}
