/// Packs blocks into chunks, cutting a block only when it is too long to be a chunk by itself.
struct ChunkPacker<Counter: LengthCounter> {
  private let bytes: [UInt8]
  private let counter: Counter
  private let limits: ChunkLimits
  private var pieces: [ChunkPiece] = []
  /// The chunk being filled: from where, with the overlap; from where it is new; to where.
  private var start = 0
  private var fresh = 0
  private var end = 0
  /// Where the headings begin that stand at the end of the chunk being filled; they belong to what follows.
  private var danglingHeading: Int?
  /// Text before this is not repeated: the last heading or the last block of code.
  private var overlapFloor = 0
  /// The declarations that were taken apart, in the order in which they begin.
  private(set) var opened: [(range: Range<Int>, title: String)] = []

  init(_ bytes: [UInt8], _ counter: Counter, _ limits: ChunkLimits) {
    self.bytes = bytes
    self.counter = counter
    self.limits = limits
  }

  private var isEmpty: Bool { end <= fresh }

  private func fits(_ range: Range<Int>) -> Bool {
    range.count <= limits.bytes && counter.count(range) <= limits.length
  }

  /// Adds the blocks of a whole text.
  mutating func add(_ blocks: [MarkdownBlock]) {
    for block in blocks {
      if block.isHeading {
        if !isEmpty, danglingHeading == nil, isLongEnough { close() }
        overlapFloor = block.range.lowerBound
      }
      if block.kind == .fence, !fits(block.range), let code = fencedCode(block.range) {
        addFence(block.range, code)
      } else {
        add(block.range, parts: TextParts(block.kind))
      }
      if block.isHeading {
        danglingHeading = danglingHeading ?? block.range.lowerBound
      } else {
        danglingHeading = nil
        if block.kind != .paragraph && block.kind != .list && block.kind != .quote {
          overlapFloor = block.range.upperBound
        }
      }
    }
  }

  /// Adds a whole source file.
  mutating func add(_ outline: CodeOutline) {
    for unit in outline.units { add(unit, outline) }
  }

  private mutating func add(_ unit: CodeUnit, _ outline: CodeOutline, isHeader: Bool = false) {
    let isWhole = fits(unit.range)
    let parts = isWhole ? [] : outline.parts(of: unit)
    if !isWhole, let title = outline.title(of: unit) { opened.append((unit.range, title)) }
    if parts.isEmpty {
      add(unit.range, parts: .groups)
    } else {
      for (number, part) in parts.enumerated() { add(part, outline, isHeader: number == 0) }
    }
    overlapFloor = unit.range.upperBound
    // As a heading, what begins a declaration stays with what is in it.
    danglingHeading = isHeader && parts.isEmpty ? danglingHeading ?? unit.range.lowerBound : nil
  }

  /// The lines between the fences of a block, and what they are, if the block says that.
  private func fencedCode(_ block: Range<Int>) -> (range: Range<Int>, outline: CodeOutline)? {
    guard let first = bytes[block].firstIndex(of: ASCII.lineFeed) else { return nil }
    let info = bytes[block.lowerBound..<first].drop { !isWordByte($0) }
    let name = info.prefix { isWordByte($0) || $0 == UInt8(ascii: "+") || $0 == ASCII.numberSign }
    guard name.count <= 16, let language = CodeLanguage(name: String(decoding: name, as: UTF8.self)) else { return nil }
    let last = bytes[first..<block.upperBound].lastIndex(of: ASCII.lineFeed) ?? first
    let isClosed = CodeFence(openedBy: bytes, block.lowerBound..<first)?.isClosed(
      by: bytes, (last + 1)..<block.upperBound)
    let range = (first + 1)..<(isClosed == true ? max(last, first + 1) : block.upperBound)
    return (range, CodeOutline(bytes, range, language))
  }

  /// Adds a fence by the rules of its code; the lines of the fences go with what they stand at.
  private mutating func addFence(_ block: Range<Int>, _ code: (range: Range<Int>, outline: CodeOutline)) {
    add(block.lowerBound..<code.range.lowerBound - 1, parts: .lines)
    danglingHeading = danglingHeading ?? block.lowerBound
    let known = opened
    add(code.outline)
    opened = known
    if code.range.upperBound < block.upperBound { add(code.range.upperBound + 1..<block.upperBound, parts: .lines) }
  }

  /// Adds the sentences of a whole text.
  mutating func add(_ sentences: [Range<Int>]) {
    for sentence in sentences { add(sentence, parts: .words) }
  }

  /// The chunks, in order.
  mutating func finish() -> [ChunkPiece] {
    close()
    return pieces
  }

  /// A heading begins a new chunk unless the one before it would be tiny.
  private var isLongEnough: Bool { counter.count(fresh..<end) * 4 >= limits.length }

  private mutating func add(_ range: Range<Int>, parts: TextParts) {
    if isEmpty { begin(at: range.lowerBound) }
    if fits(start..<range.upperBound) {
      end = range.upperBound
    } else if fits(range), !(parts == .sentences && holdsOnlyHeadings) {
      moveOn(to: range)
    } else if parts.isWords {
      addWords(range)
    } else {
      let finer = parts.finer
      for part in parts.ranges(bytes, range) { add(part, parts: finer) }
    }
  }

  private var holdsOnlyHeadings: Bool { !isEmpty && danglingHeading == fresh }

  /// Ends the chunk before `range`, which would make it too long and is added to the next one, with the headings that
  /// stand before it where they fit.
  private mutating func moveOn(to range: Range<Int>) {
    let heading = danglingHeading.flatMap { fits($0..<range.upperBound) ? $0 : nil }
    if heading != fresh {
      close(before: heading)
      begin(at: heading ?? range.lowerBound)
    }
    while start < fresh, !fits(start..<range.upperBound) { shrinkOverlap() }
    end = range.upperBound
  }

  /// Fills chunks with as many words as fit; a word that fits nowhere is cut between scalars.
  private mutating func addWords(_ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      if isEmpty { begin(at: position) }
      var cut = lastCut(from: position, in: range)
      if cut <= position, start < position {
        close()
        begin(at: position)
        cut = lastCut(from: position, in: range)
        while cut <= position, start < fresh {
          shrinkOverlap()
          cut = lastCut(from: position, in: range)
        }
      }
      if cut <= position { cut = nextScalar(after: position, in: range) }
      end = cut
      position = cut
      while position < range.upperBound, bytes[position].isASCIISpace { position += 1 }
      if position < range.upperBound { close() }
    }
  }

  /// The last place after `position` where the chunk being filled may end, or `position` when nothing more fits.
  private func lastCut(from position: Int, in range: Range<Int>) -> Int {
    let free = limits.length - counter.count(start..<position)
    guard free > 0 else { return position }
    let tokenEnd = counter.start(of: free, after: position) ?? range.upperBound
    var furthest = min(tokenEnd, start + limits.bytes, range.upperBound)
    guard furthest > position else { return position }
    if furthest == range.upperBound { return furthest }
    if let space = bytes[position..<furthest].lastIndex(where: \.isASCIISpace), space > position { return space }
    if bytes[furthest].isASCIISpace { return furthest }
    furthest = cutPlace(bytes, before: furthest, after: position)
    // A chunk that has something already leaves an over-long word to the next one.
    return start < position && fresh < position ? position : furthest
  }

  private func nextScalar(after position: Int, in range: Range<Int>) -> Int {
    var next = position + 1
    while next < range.upperBound, bytes[next].isContinuation { next += 1 }
    return next
  }

  private mutating func close(before heading: Int? = nil) {
    if let heading, heading > fresh { end = heading }
    guard !isEmpty else { return }
    // A blank line alone is nothing new.
    if bytes[fresh..<end].contains(where: { !$0.isASCIISpace }) { append(start..<end) }
    fresh = end
  }

  private mutating func append(_ range: Range<Int>) {
    for (range, length) in counter.fitting(trimming(range), in: bytes, limits) {
      let start = min(max(fresh, range.lowerBound), range.upperBound)
      pieces.append(ChunkPiece(range: range, fresh: start, length: length))
    }
  }

  private func trimming(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while upper > lower, bytes[upper - 1].isASCIISpace { upper -= 1 }
    // A line's indentation belongs to it: code and nested lists mean something else without.
    while lower < upper, bytes[lower].isASCIISpace {
      lower += 1
      if bytes[lower - 1] != ASCII.lineFeed, isIndentation(lower - 1, before: upper) { return (lower - 1)..<upper }
    }
    return lower..<upper
  }

  /// Whether only blanks stand between `position` and the first other byte of its line, and nothing before it.
  private func isIndentation(_ position: Int, before end: Int) -> Bool {
    guard position == 0 || bytes[position - 1] == ASCII.lineFeed else { return false }
    guard let next = bytes[position..<end].firstIndex(where: { !$0.isBlank }) else { return false }
    return !bytes[next].isASCIISpace && next - position <= 64
  }

  // MARK: Overlap

  private mutating func begin(at position: Int) {
    let isFirst = pieces.isEmpty
    start = isFirst ? position : overlapStart(before: position)
    fresh = position
    end = position
    danglingHeading = nil
  }

  /// Where the repeated text begins: at the first sentence within the overlap, else at the first word.
  private func overlapStart(before position: Int) -> Int {
    guard limits.overlap > 0, let last = pieces.last else { return position }
    let earliest = counter.start(of: limits.overlap, before: position)
    var floor = max(earliest, overlapFloor, last.fresh + 1, position - limits.overlap * 16)
    while floor < position, bytes[floor].isContinuation { floor += 1 }
    guard floor < position else { return position }
    let window = floor..<position
    let sentences = sentenceRanges(bytes, window).dropFirst().map(\.lowerBound)
    if let sentence = sentences.first(where: { $0 < position }) { return sentence }
    return wordStart(in: window) ?? position
  }

  private func wordStart(in window: Range<Int>) -> Int? {
    guard let space = bytes[window].firstIndex(where: \.isASCIISpace) else { return nil }
    return bytes[space..<window.upperBound].firstIndex { !$0.isASCIISpace }
  }

  /// Gives up the first half of the repeated words, or all of them.
  private mutating func shrinkOverlap() {
    let middle = start + (fresh - start + 1) / 2
    start = middle < fresh ? wordStart(in: middle..<fresh) ?? fresh : fresh
  }
}
