/// Collects the parts of one line (a paragraph, a heading, a cell) while the tree is walked.
struct InlineCollector {
  private var frames: [[Inline]] = [[]]
  private var folding = TextCleaner.Folding()
  private var run: [UInt8] = []

  /// Whether nothing has been collected.
  var isEmpty: Bool { run.isEmpty && frames.count == 1 && frames[0].isEmpty }

  /// Text, to be folded.
  mutating func text(_ bytes: ArraySlice<UInt8>) {
    TextCleaner.appendFolded(bytes, to: &run, state: &folding)
  }

  /// A part that is not text.
  mutating func append(_ part: Inline) {
    if folding.pendingSpace, !folding.atLineStart { run.append(0x20) }
    folding = TextCleaner.Folding(pendingSpace: false, atLineStart: false)
    endRun()
    frames[frames.count - 1].append(part)
  }

  /// A line break; returns true if it is the second in a row, which ends a paragraph.
  mutating func lineBreak() -> Bool {
    endRun()
    let ends = frames.count == 1 && frames[0].last == .lineBreak
    if !frames[frames.count - 1].isEmpty { frames[frames.count - 1].append(.lineBreak) }
    folding = TextCleaner.Folding()
    return ends
  }

  /// Starts a part that holds others.
  mutating func open() {
    endRun()
    frames.append([])
  }

  /// Ends the part begun last and wraps what came since; nothing is wrapped around nothing.
  mutating func close(_ wrap: ([Inline]) -> Inline) {
    endRun()
    guard frames.count > 1 else { return }
    let inner = frames.removeLast()
    guard !inner.isEmpty else { return }
    frames[frames.count - 1].append(wrap(inner))
  }

  /// Everything collected, without line breaks at either end; the collector is empty afterwards.
  mutating func take() -> [Inline] {
    endRun()
    var parts = frames.reversed().reduce(into: []) { all, frame in all = frame + all }
    while parts.last == .lineBreak { parts.removeLast() }
    frames = [[]]
    folding = TextCleaner.Folding()
    return parts
  }

  private mutating func endRun() {
    guard !run.isEmpty else { return }
    frames[frames.count - 1].append(.text(String(decoding: run, as: UTF8.self)))
    run.removeAll(keepingCapacity: true)
  }
}
