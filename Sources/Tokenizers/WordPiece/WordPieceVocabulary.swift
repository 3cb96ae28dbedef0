import Foundation

/// The tokens of a WordPiece model, as two trees over bytes: one for the beginnings of words and one for the pieces that
/// continue a word (`##ing` in the file).
///
/// Edges lie in one open-addressed hash table, a word of 64 bits each: the upper node and the byte (together never zero,
/// nodes being numbered from one) above the lower node.
struct WordPieceVocabulary: Sendable {
  /// The largest vocabulary file in bytes that is read; it also keeps node numbers within 24 bits.
  static let maximumFileSize = 8 << 20

  /// Where the search for a word's first piece begins.
  static let wordRoot: UInt32 = 1
  /// Where the search for a further piece begins.
  static let continuationRoot: UInt32 = 2

  private var edges: [UInt64] = Array(repeating: 0, count: 1 << 12)
  private var edgeCount = 0
  /// The token that ends at each node, or -1.
  private var tokens: [Int32] = [-1, -1, -1]

  /// The number of lines, and so of token numbers.
  private(set) var count = 0
  /// The special tokens that the file has.
  private(set) var specialTokens: [SpecialToken] = []

  /// Reads a `vocab.txt`: one token a line, numbered from zero.
  ///
  /// - Throws: ``TokenizerError``.
  init(path: String) throws {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TokenizerError.cannotRead(path: path, reason: systemReason(of: error))
    }
    guard data.count <= Self.maximumFileSize else {
      throw TokenizerError.invalidVocabulary(path: path, reason: "it is larger than \(Self.maximumFileSize) bytes")
    }
    var lines = [UInt8](data).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines { insert(line.last == UInt8(ascii: "\r") ? line.dropLast() : line) }
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

  private mutating func insert(_ token: ArraySlice<UInt8>) {
    let id = Int32(count)
    count += 1
    if let spelling = Self.specialSpellings.first(where: { $0.elementsEqual(token) }) {
      specialTokens.append(SpecialToken(utf8: spelling, id: id))
      return
    }
    let continues = token.count > 2 && token.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "#")])
    var node = continues ? Self.continuationRoot : Self.wordRoot
    for byte in continues ? token.dropFirst(2) : token { node = insertChild(of: node, by: byte) }
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
