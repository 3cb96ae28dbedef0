import Domain
import Preprocessing

/// The least and the most characters (Unicode scalars) of an extract for a model.
let modelExtractLength = 1000...2000

/// Extracts of 1,000 to 2,000 characters for a model: blocks that follow each other, from a sentence to the end of one.
///
/// Quotes end an extract unless they are kept, and a heading does when the extract is long enough already, so that short
/// sections stand together. Captions and the like neither begin nor end one, but may stand inside: a model is told what
/// to ask about. What is left over is dropped, but a document of which nothing is long enough gives its longest stretch,
/// as most posts do.
func sentenceExtracts(of document: CleanedDocument, _ bytes: [UInt8], quotes: QuoteUse) -> [Extract] {
  var packer = SentencePacker(bytes: bytes)
  let blocks = markdownBlocks(of: bytes)
  for block in blocks {
    if block.isHeading {
      packer.meetHeading()
      continue
    }
    switch BlockUse(bytes, block, quotes: quotes) {
    case .separator where quotes == .leaveOut && isQuoted(bytes, block): packer.close()
    case .separator: break
    case .heading: packer.meetHeading()
    case .prose: packer.add(sentenceRanges(bytes, block.range), isProse: true)
    case .support: packer.add([block.range], isProse: false)
    }
  }
  packer.close()
  var outline = Outline(bytes, blocks)
  return packer.ranges.enumerated().map { index, range in
    Extract(
      of: document, bytes: bytes, range: range, headings: outline.headings(above: range.lowerBound), ordinal: index)
  }
}

/// Joins sentences and blocks to ranges of a wanted length.
private struct SentencePacker {
  let bytes: [UInt8]
  private var found: [Range<Int>] = []
  /// The longest of those that are too short.
  private var longestShort: Range<Int>?
  /// Where the range begins that is being filled; nil before its first sentence.
  private var start: Int?
  /// After the last sentence or block that may end it.
  private var end = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var ranges: [Range<Int>] {
    guard found.isEmpty, let longestShort, longestShort.count >= ExtractLimits().minimum else { return found }
    return [longestShort]
  }

  mutating func add(_ pieces: [Range<Int>], isProse: Bool) {
    for piece in pieces {
      if let begin = start, characters(begin..<piece.upperBound) > modelExtractLength.upperBound { close() }
      if start == nil, isProse { start = piece.lowerBound }
      if start != nil { end = piece.upperBound }
    }
  }

  /// Ends the range if it is long enough to stand alone.
  mutating func meetHeading() {
    if let start, characters(start..<end) >= modelExtractLength.lowerBound { close() }
  }

  mutating func close() {
    defer { start = nil }
    guard let start, start < end else { return }
    let range = start..<end
    let length = characters(range)
    // One sentence may be longer than what a model should be given.
    guard length <= modelExtractLength.upperBound else { return }
    if length >= modelExtractLength.lowerBound {
      found.append(range)
    } else if range.count > longestShort?.count ?? 0 {
      longestShort = range
    }
  }

  private func characters(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
}
