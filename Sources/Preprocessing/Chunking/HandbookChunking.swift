import Domain
import Tokenizers

/// The chunks of the LLM Engineers Handbook's rules, one for each category: articles by sentences into 1,000 to 2,000
/// characters, what is shorter being dropped; posts and repositories at blank lines into stretches of 250 or 1,500
/// characters, and these into windows of 256 tokens that repeat 25 or 100.
///
/// The text of a window is what its tokens say, in lower case and without line feeds, if the tokenizer can tell; its range
/// is that of its tokens. The rules are there for comparison: they lose text, and their chunks are no bytes of it.
func handbookPieces(
  _ text: String, _ bytes: [UInt8], _ category: DataCategory, _ tokenizer: any Tokenizer
) -> [ChunkPiece] {
  switch category {
  case .articles:
    handbookRanges(of: text).map { ChunkPiece(range: $0, fresh: $0.lowerBound, length: 0) }
  case .posts: handbookWindows(bytes, tokenizer, characters: 250, overlap: 25)
  case .repositories: handbookWindows(bytes, tokenizer, characters: 1500, overlap: 100)
  }
}

/// The generic rule: stretches between blank lines, each cut into windows of tokens.
func handbookWindows(
  _ bytes: [UInt8], _ tokenizer: any Tokenizer, characters: Int, overlap: Int, tokensPerWindow: Int = 256
) -> [ChunkPiece] {
  var splitter = RecursiveSplitter(
    bytes, CharacterCounter(bytes), ChunkLimits(length: characters, overlap: 0),
    separators: [[ASCII.lineFeed, ASCII.lineFeed]], cutsCharacters: false)
  var pieces: [ChunkPiece] = []
  for stretch in splitter.split() {
    let tokens = tokenizer.tokens(of: String(decoding: bytes[stretch.range], as: UTF8.self))
    var first = 0
    while first < tokens.count {
      let window = tokens[first..<min(first + tokensPerWindow, tokens.count)]
      let base = stretch.range.lowerBound
      let range = base + (window.first?.start ?? 0)..<base + (window.last?.end ?? 0)
      if let text = tokenizer.decode(window.map(\.id)), !text.isEmpty {
        pieces.append(ChunkPiece(range: range, fresh: range.lowerBound, length: window.count, text: text))
      } else {
        pieces.append(ChunkPiece(range: range, fresh: range.lowerBound, length: window.count))
      }
      guard window.endIndex < tokens.count else { break }
      first += tokensPerWindow - overlap
    }
  }
  return pieces
}
