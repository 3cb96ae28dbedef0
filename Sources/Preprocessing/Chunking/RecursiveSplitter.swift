/// Cuts a text as LangChain's `RecursiveCharacterTextSplitter` does with its default separators: at blank lines; what is too
/// long at line feeds; what is still too long at spaces, and then between characters. A separator stays at the beginning
/// of what follows it. Neighbours are put together as long as they fit, and a chunk begins with as many of the last ones
/// before it as the overlap allows.
struct RecursiveSplitter<Counter: LengthCounter> {
  private let separators: [[UInt8]]
  /// Whether what has no separator and is too long is cut between characters, or left as it is.
  private let cutsCharacters: Bool
  private let bytes: [UInt8]
  private let counter: Counter
  private let limits: ChunkLimits
  private var pieces: [ChunkPiece] = []

  init(
    _ bytes: [UInt8], _ counter: Counter, _ limits: ChunkLimits,
    separators: [[UInt8]] = [[ASCII.lineFeed, ASCII.lineFeed], [ASCII.lineFeed], [ASCII.space]],
    cutsCharacters: Bool = true
  ) {
    self.separators = separators
    self.cutsCharacters = cutsCharacters
    self.bytes = bytes
    self.counter = counter
    self.limits = limits
  }

  /// The chunks of the whole text, in order.
  mutating func split() -> [ChunkPiece] {
    split(0..<bytes.count, separators[...])
    return pieces
  }

  private mutating func split(_ range: Range<Int>, _ separators: ArraySlice<[UInt8]>) {
    let used = separators.firstIndex { contains($0, range) }
    guard used != nil || cutsCharacters else { return append(range) }
    let finer = used.map { separators[($0 + 1)...] }
    var good: [(range: Range<Int>, length: Int)] = []
    forEachPart(of: range, at: used.map { separators[$0] }) { part in
      let length = counter.count(part)
      if length < limits.length {
        good.append((part, length))
        return
      }
      merge(good)
      good = []
      // A part of the least separator is as short as can be.
      if let finer { split(part, finer) } else { append(part) }
    }
    merge(good)
  }

  private func contains(_ separator: [UInt8], _ range: Range<Int>) -> Bool {
    firstIndex(of: separator, in: range) != nil
  }

  /// Looks at eight bytes at once: a byte of the difference to eight times the separator's first is zero where that stands
  /// (the test for a zero byte is from H. S. Warren, “Hacker's Delight”, section 6-1).
  private func firstIndex(of separator: [UInt8], in range: Range<Int>) -> Int? {
    guard let first = separator.first else { return nil }
    let second = separator.count > 1 ? separator[1] : nil
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    return bytes.withUnsafeBytes { bytes in
      var position = range.lowerBound
      let end = range.upperBound - separator.count + 1
      while position < end {
        if position + 8 <= end {
          let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
          let difference = word ^ (UInt64(first) &* ones)
          let zeros = (difference &- ones) & ~difference & highs
          guard zeros != 0 else {
            position += 8
            continue
          }
          position += zeros.trailingZeroBitCount / 8
        }
        if bytes[position] == first, second == nil || bytes[position + 1] == second { return position }
        position += 1
      }
      return nil
    }
  }

  /// Calls `body` with the parts of a range, each but the first with its separator first; without a separator with each
  /// character.
  private func forEachPart(of range: Range<Int>, at separator: [UInt8]?, _ body: (Range<Int>) -> Void) {
    var start = range.lowerBound
    guard let separator else {
      while start < range.upperBound {
        var end = start + 1
        while end < range.upperBound, bytes[end].isContinuation { end += 1 }
        body(start..<end)
        start = end
      }
      return
    }
    var searched = start
    while let next = firstIndex(of: separator, in: searched..<range.upperBound) {
      if next > start { body(start..<next) }
      start = next
      searched = next + separator.count
    }
    if start < range.upperBound { body(start..<range.upperBound) }
  }

  /// Puts neighbours together.
  private mutating func merge(_ parts: [(range: Range<Int>, length: Int)]) {
    // The parts of the chunk that is being filled.
    var (first, total) = (0, 0)
    for (next, part) in parts.enumerated() {
      if total + part.length > limits.length, first < next {
        append(parts[first].range.lowerBound..<parts[next - 1].range.upperBound)
        while total > limits.overlap || (total + part.length > limits.length && total > 0) {
          total -= parts[first].length
          first += 1
        }
      }
      total += part.length
    }
    if first < parts.count, let last = parts.last { append(parts[first].range.lowerBound..<last.range.upperBound) }
  }

  private mutating func append(_ range: Range<Int>) {
    let fresh = pieces.last.map { max($0.range.upperBound, range.lowerBound) } ?? range.lowerBound
    let trimmed = trimming(bytes, range)
    guard cutsCharacters else {
      if !trimmed.isEmpty { pieces.append(ChunkPiece(range: trimmed, fresh: trimmed.lowerBound, length: 0)) }
      return
    }
    for fitting in counter.fitting(trimmed, in: bytes, limits) {
      let start = min(max(fresh, fitting.range.lowerBound), fitting.range.upperBound)
      pieces.append(ChunkPiece(range: fitting.range, fresh: start, length: fitting.length))
    }
  }
}

/// A range without the white space around it, that of Unicode included.
func trimming(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
  let span = bytes.span
  var (lower, upper) = (range.lowerBound, range.upperBound)
  while lower < upper, case let (value, length) = span.scalar(at: lower), isPythonSpace(value) { lower += length }
  while upper > lower {
    var last = upper - 1
    while last > lower, span[last].isContinuation { last -= 1 }
    guard isPythonSpace(span.scalar(at: last).value) else { break }
    upper = last
  }
  return lower..<max(lower, upper)
}

/// What Python's `str.strip()` and `\s` take for white space (`str.isspace`).
func isPythonSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
  default: false
  }
}
