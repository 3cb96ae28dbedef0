/// The tokens of a WordPiece model, as two trees over bytes: one for the beginnings of words and one for the pieces that
/// continue a word (`##ing` in the file).
///
/// Files are too small for more nodes than 24 bits can number. Edges lie in one open-addressed hash table, a word of 64 bits each: the upper node and the byte (together never zero,
/// nodes being numbered from one) above the lower node.
struct WordPieceVocabulary: Sendable {
  /// Where the search for a word's first piece begins.
  static let wordRoot: UInt32 = 1
  /// Where the search for a further piece begins.
  static let continuationRoot: UInt32 = 2

  private var edges: [UInt64] = Array(repeating: 0, count: 1 << 12)
  private var edgeCount = 0
  /// The token that ends at each node, or -1.
  private var tokens: [Int32] = [-1, -1, -1]

  /// One more than the greatest number of a token.
  private(set) var count = 0
  /// The special tokens that the vocabulary has.
  private(set) var specialTokens: [SpecialToken] = []

  /// The spellings of all tokens one after the other, and where that of each number is.
  private var spellings: [UInt8] = []
  private var places: [Range<Int32>] = []

  /// - Parameter tokens: the UTF-8 of each token, with `##` before what continues a word, and its number. Of equal ones
  ///   the last counts.
  init(_ tokens: some Sequence<(token: [UInt8], id: Int32)>) {
    for (token, id) in tokens {
      insert(token, id)
      let start = Int32(spellings.count)
      spellings += token
      while places.count <= Int(id), places.count < Self.maximumCount { places.append(0..<0) }
      if places.indices.contains(Int(id)) { places[Int(id)] = start..<Int32(spellings.count) }
    }
  }

  /// Tokens of greater numbers cannot be spelt; no vocabulary has so many.
  private static let maximumCount = 1 << 24

  /// The UTF-8 of a token as the vocabulary spells it; nil if there is none of the number.
  func spelling(of id: Int32) -> ArraySlice<UInt8>? {
    guard places.indices.contains(Int(id)) else { return nil }
    let place = places[Int(id)]
    return place.isEmpty ? nil : spellings[Int(place.lowerBound)..<Int(place.upperBound)]
  }

  /// The number of a special token such as `[CLS]`.
  func specialToken(_ spelling: String) -> Int32? {
    specialTokens.first { $0.utf8.elementsEqual(spelling.utf8) }?.id
  }

  /// The longest token that begins at `start` of `word`.
  ///
  /// - Parameter root: ``wordRoot`` or ``continuationRoot``.
  /// - Returns: the token and where it ends; nil if none begins there.
  func longestToken(in word: Span<UInt8>, from start: Int, root: UInt32) -> (id: Int32, end: Int)? {
    var longest: (id: Int32, end: Int)?
    var node = root
    var position = start
    while position < word.count {
      node = child(of: node, by: word[position])
      if node == 0 { break }
      position += 1
      let token = tokens[Int(node)]
      if token >= 0 { longest = (token, position) }
    }
    return longest
  }

  private static let specialSpellings: [[UInt8]] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map { Array($0.utf8) }

  private mutating func insert(_ token: [UInt8], _ id: Int32) {
    count = max(count, Int(id) + 1)
    if let spelling = Self.specialSpellings.first(where: { $0.elementsEqual(token) }) {
      specialTokens.append(SpecialToken(utf8: spelling, id: id))
      return
    }
    let continues = token.count > 2 && token.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "#")])
    var node = continues ? Self.continuationRoot : Self.wordRoot
    for byte in continues ? token.dropFirst(2) : token[...] { node = insertChild(of: node, by: byte) }
    // An empty line is no token, but has a number.
    if !token.isEmpty { tokens[Int(node)] = id }
  }
}

// The hash table of edges.
extension WordPieceVocabulary {
  private func child(of node: UInt32, by byte: UInt8) -> UInt32 {
    let key = node << 8 | UInt32(byte)
    var slot = slot(of: key)
    while edges[slot] != 0 {
      if edges[slot] >> 32 == UInt64(key) { return UInt32(truncatingIfNeeded: edges[slot]) }
      slot = (slot + 1) & (edges.count - 1)
    }
    return 0
  }

  private mutating func insertChild(of node: UInt32, by byte: UInt8) -> UInt32 {
    let existing = child(of: node, by: byte)
    if existing != 0 { return existing }
    let new = UInt32(tokens.count)
    tokens.append(-1)
    edgeCount += 1
    if edgeCount * 2 > edges.count { grow() }
    insertEdge(UInt64(node << 8 | UInt32(byte)) << 32 | UInt64(new))
    return new
  }

  private mutating func insertEdge(_ edge: UInt64) {
    var slot = slot(of: UInt32(edge >> 32))
    while edges[slot] != 0 { slot = (slot + 1) & (edges.count - 1) }
    edges[slot] = edge
  }

  private mutating func grow() {
    let old = edges
    edges = Array(repeating: 0, count: old.count * 2)
    for edge in old where edge != 0 { insertEdge(edge) }
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
  private func slot(of key: UInt32) -> Int {
    Int(UInt64(key) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (edges.count - 1)
  }
}
