/// The stretches of a text that are to be its chunks, in order.
struct CutText {
  var pieces: [ChunkPiece]
  /// The declarations that were taken apart, in the order in which they begin.
  var opened: [(range: Range<Int>, title: String)] = []

  init(_ pieces: [ChunkPiece]) { self.pieces = pieces }
}

/// Cuts a text.
func cut<Counter: LengthCounter>(
  _ bytes: [UInt8], _ structure: TextStructure, _ rule: ChunkingRule, _ counter: Counter, length: Int
) -> CutText {
  let limits = ChunkLimits(length: length, overlap: rule.overlap)
  switch rule.strategy {
  case .markdown, .code:
    var packer = ChunkPacker(bytes, counter, limits)
    switch structure {
    case .markdown(let blocks), .unknownCode(let blocks): packer.add(blocks)
    case .code(let outline): packer.add(outline)
    }
    var text = CutText(packer.finish())
    text.opened = packer.opened
    return text
  case .sentences:
    var packer = ChunkPacker(bytes, counter, limits)
    packer.add(sentenceRanges(bytes, 0..<bytes.count, lineFeeds: .ends))
    return CutText(packer.finish())
  case .recursive:
    var splitter = RecursiveSplitter(bytes, counter, limits)
    return CutText(splitter.split())
  case .tokens, .handbook: return CutText(WindowSplitter(bytes: bytes, counter: counter, limits: limits).split())
  }
}
