/// Cuts a text into windows of equal length, each of which repeats the end of the one before it, wherever that is.
struct WindowSplitter<Counter: LengthCounter> {
  let bytes: [UInt8]
  let counter: Counter
  let limits: ChunkLimits

  /// The chunks of the whole text, in order.
  func split() -> [ChunkPiece] {
    var pieces: [ChunkPiece] = []
    var (start, fresh) = (0, 0)
    while fresh < bytes.count {
      let end = end(from: start, after: fresh)
      // White space alone makes no window.
      let isNew = !trimming(bytes, fresh..<end).isEmpty
      for (range, length) in isNew ? counter.fitting(trimming(bytes, start..<end), in: bytes, limits) : [] {
        pieces.append(
          ChunkPiece(range: range, fresh: min(max(fresh, range.lowerBound), range.upperBound), length: length))
      }
      fresh = end
      // A window begins where a unit does, unless that is a word of megabytes, and takes in something new.
      let earliest = max(start + 1, end - limits.overlap * ChunkLimits.bytesPerUnit)
      start = limits.overlap == 0 ? end : max(counter.start(of: limits.overlap, before: end), earliest)
      while start < end, bytes[start].isContinuation || !isClusterBoundary(bytes, start) { start += 1 }
    }
    return pieces
  }

  /// Where the window ends that begins at `start`: between two characters, and after `fresh`.
  private func end(from start: Int, after fresh: Int) -> Int {
    var end = min(counter.start(of: limits.length, after: start) ?? bytes.count, start + limits.bytes)
    end = cutPlace(bytes, before: end, after: fresh)
    guard end <= fresh else { return end }
    end = fresh + 1
    while end < bytes.count, bytes[end].isContinuation { end += 1 }
    return end
  }
}
