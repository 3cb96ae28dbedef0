/// The parts of a document that tell its encoding: the bytes above ASCII with what stands around them, as far as the
/// next tag. Bounded, so that guessing costs the same for every page.
enum EncodingSample {
  private static let longest = 16_384
  private static let longestRun = 2048
  private static let searched = 8 << 20

  /// A few thousand bytes at most; empty when the document is ASCII.
  static func of(_ bytes: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    let end = min(bytes.count, searched)
    var index = 0
    while sample.count < longest, let high = bytes[index..<end].firstIndex(where: { $0 >= 0x80 }) {
      // All of it is ASCII: no character is cut.
      let start = max(index, high - 24)
      var stop = high
      // In no encoding of these is a tag's bracket, a space or a line's end the second byte of a character.
      while stop < end, bytes[stop] != UInt8(ascii: "<"), stop - high < longestRun || bytes[stop] > 0x20 {
        if stop - high > 2 * longestRun { break }
        stop += 1
      }
      sample += bytes[start..<stop]
      sample.append(0x0A)
      index = max(stop, high + 1)
    }
    return sample
  }
}
