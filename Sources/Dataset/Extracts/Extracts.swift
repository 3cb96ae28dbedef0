public import Domain
import Preprocessing

/// The extracts of a document, in order; they never overlap.
///
/// By ``ExtractRule/sections`` and ``ExtractRule/sentences`` they never hold navigation, captions, calls to subscribe, or
/// only links, code or tables; nor block quotes, unless these are kept. Source files give one extract for each
/// declaration, but by ``ExtractRule/handbook``, which makes no difference.
///
/// - Parameter limits: the lengths of ``ExtractRule/sections``; the other rules have lengths of their own.
public func extracts(
  of document: CleanedDocument, rule: ExtractRule = .sections, limits: ExtractLimits = ExtractLimits(),
  quotes: QuoteUse = .leaveOut
) -> [Extract] {
  let bytes = Array(document.text.utf8)
  if rule == .handbook { return handbookExtracts(of: document, bytes) }
  if document.category == .repositories, !isMarkdownFile(document.path) {
    return sourceExtracts(of: document, bytes, limits)
  }
  if rule == .sentences { return sentenceExtracts(of: document, bytes, quotes: quotes) }
  var collector = ExtractCollector(document, bytes, limits, quotes)
  return collector.extracts()
}

private func sourceExtracts(
  of document: CleanedDocument, _ bytes: [UInt8], _ limits: ExtractLimits
) -> [Extract] {
  let fitting = codeBlocks(of: bytes).map(\.range).filter { (80...(2 * limits.maximum)).contains($0.count) }
  return fitting.enumerated().map { index, range in
    Extract(of: document, bytes: bytes, range: range, headings: [], ordinal: index)
  }
}

/// Gathers runs of good blocks under one heading.
private struct ExtractCollector {
  private let document: CleanedDocument
  private let bytes: [UInt8]
  private let limits: ExtractLimits
  private let quotes: QuoteUse
  private var found: [Extract] = []
  private var run: [MarkdownBlock] = []
  private var headings: [String] = []
  /// A paragraph in bold that serves as a heading below those of the outline.
  private var boldHeading: String?
  private var ordinal = 0

  init(_ document: CleanedDocument, _ bytes: [UInt8], _ limits: ExtractLimits, _ quotes: QuoteUse) {
    self.document = document
    self.bytes = bytes
    self.limits = limits
    self.quotes = quotes
  }

  mutating func extracts() -> [Extract] {
    let blocks = markdownBlocks(of: bytes)
    var outline = Outline(bytes, blocks)
    for block in blocks {
      if block.isHeading {
        startSection()
        continue
      }
      let path = outline.headings(above: block.range.lowerBound)
      if path != headings {
        startSection()
        headings = path
      }
      add(block)
    }
    endRun()
    return found
  }

  private mutating func startSection() {
    endRun()
    boldHeading = nil
    ordinal = 0
  }

  private mutating func add(_ block: MarkdownBlock) {
    switch use(of: block) {
    case .separator: endRun()
    case .heading(let title):
      startSection()
      boldHeading = title
    case .prose, .support:
      if let first = run.first, block.range.upperBound - first.range.lowerBound > limits.maximum { endRun() }
      run.append(block)
    }
  }

  private func use(of block: MarkdownBlock) -> BlockUse { BlockUse(bytes, block, quotes: quotes) }

  private mutating func endRun() {
    defer { run = [] }
    guard let range = worthwhileRange() else { return }
    let path = headings + [boldHeading].compactMap { $0 }
    found.append(Extract(of: document, bytes: bytes, range: range, headings: path, ordinal: ordinal))
    ordinal += 1
  }

  /// The run from its first prose to the last block that ends well, or nil when that is not worth learning.
  private func worthwhileRange() -> Range<Int>? {
    let lead = run.drop { use(of: $0) != .prose }
    guard let first = lead.first else { return nil }
    var kept = Array(lead)
    while let last = kept.last, !endsWell(last, isOnly: kept.count == 1) { kept.removeLast() }
    guard let last = kept.last else { return nil }
    let prose = kept.filter { use(of: $0) == .prose }.map(\.range.count).reduce(0, +)
    let length = last.range.upperBound - first.range.lowerBound
    guard prose >= limits.minimum, prose * 2 >= length else { return nil }
    if length <= limits.maximum { return first.range.lowerBound..<last.range.upperBound }
    return sentencesWithin(first.range)
  }

  /// Whether a reader is not left waiting for what a block announces.
  private func endsWell(_ block: MarkdownBlock, isOnly: Bool) -> Bool {
    switch block.kind {
    case .list, .quote: !isOnly
    case .paragraph: endsSentence(bytes[block.range])
    default: false
    }
  }

  private func sentencesWithin(_ range: Range<Int>) -> Range<Int>? {
    let fitting = sentenceRanges(bytes, range).prefix { $0.upperBound - range.lowerBound <= limits.maximum }
    guard let last = fitting.last, last.upperBound - range.lowerBound >= limits.minimum else { return nil }
    return range.lowerBound..<last.upperBound
  }
}
