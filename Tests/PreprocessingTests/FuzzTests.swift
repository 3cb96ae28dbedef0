import Domain
import Preprocessing
import TestSupport
import Testing

/// What holds for every text, asked of texts that nobody would write.
struct FuzzTests {
  private static let strategies = ChunkingStrategy.allCases.filter { $0 != .handbook }

  /// Random text of one of several kinds; always Unicode, since commands and stores refuse anything else.
  private func text(_ generator: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...120, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0:
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      return String(decoding: bytes, as: UTF8.self)
    case 1:
      var scalars = String.UnicodeScalarView()
      for _ in 0..<count {
        let limit: UInt32 = Bool.random(using: &generator) ? 0x3000 : 0x10FFFF
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) { scalars.append(scalar) }
      }
      return String(scalars)
    case 2: return randomMarkdown(count, using: &generator)
    case 3: return (0..<count).compactMap { _ in Self.code.randomElement(using: &generator) }.joined()
    default:
      // One thing for long, which finds what is slow or never ends.
      return randomMarkdown(3, using: &generator)
        + String(repeating: Self.code.randomElement(using: &generator) ?? "", count: count)
    }
  }

  private static let code = [
    "{", "}", "(", ")", "[", "]", "\"", "'", "`", "\"\"\"", "'''", "//", "/*", "*/", "#", "\\", "\n", "\n\n", "  ",
    "\t",
    "func a(b: C) {", "class A:", "  def b(self):", "end", "@x", "#[x]", "r#\"", "\"#", "if x", "else", "return", "é",
    "😀",
    ";", "=", "```swift\n", "```\n", "a", "\r\n",
  ]

  @Test(arguments: strategies, ChunkingUnit.allCases)
  func `chunks lose nothing, are bytes of the text, in order, and no longer than asked`(
    strategy: ChunkingStrategy, unit: ChunkingUnit
  ) throws {
    let tokenizer = WordTokenizer()
    for seed in 0..<250 {
      var generator = SeededGenerator(seed: UInt64(seed) &* 977 + 5)
      let text = text(&generator)
      let size = Int.random(in: 16...90, using: &generator)
      let overlap = Int.random(in: 0...(size / 2), using: &generator)
      let path = ["a.swift", "a.py", "a.rs", "a.ts", "a.rb", "a.go", "a.txt"].randomElement(using: &generator)
      let chunker = Chunker(
        ChunkingConfiguration(
          size: size, overlap: overlap, unit: unit, categories: [.repositories: .init(strategy: strategy)]),
        tokenizer: tokenizer)
      let document = cleanedDocument(text, category: .repositories, path: path)
      let (found, bytes) = (try chunker.chunks(of: document), Array(text.utf8))
      #expect(try chunker.chunks(of: document) == found, "seed \(seed)")
      var covered = [Bool](repeating: false, count: bytes.count)
      var end = 0
      for chunk in found {
        guard 0 <= chunk.start, chunk.start < chunk.end, chunk.end <= bytes.count else {
          Issue.record("seed \(seed): \(chunk.start) to \(chunk.end) of \(bytes.count)")
          continue
        }
        #expect(Array(chunk.text.utf8) == Array(bytes[chunk.start..<chunk.end]), "seed \(seed)")
        let length = unit == .tokens ? tokenizer.tokens(of: chunk.text).count + 2 : chunk.text.unicodeScalars.count
        #expect(length <= size, "seed \(seed)")
        // What LangChain leaves of an overlap and white space ends where the chunk before it does.
        #expect(
          strategy == .recursive ? chunk.end >= end : chunk.end > end, "seed \(seed)")
        if chunk.start < end {
          let repeated = String(decoding: bytes[chunk.start..<end], as: UTF8.self)
          let length = unit == .tokens ? tokenizer.tokens(of: repeated).count : repeated.unicodeScalars.count
          #expect(length <= overlap, "seed \(seed): \(repeated.debugDescription)")
        }
        end = max(end, chunk.end)
        for index in chunk.start..<chunk.end { covered[index] = true }
      }
      #expect(firstMissed(in: text, covered) == nil, "seed \(seed)")
    }
  }

  @Test func `cleaning is done once, grows nothing and scrubs the same`() {
    let cleaners = [
      Cleaner(), Cleaner(CleaningConfiguration(personalData: Set(PersonalDataKind.allCases))),
    ]
    for seed in 0..<400 {
      var generator = SeededGenerator(seed: UInt64(seed) &* 31 + 1)
      let text = text(&generator)
      for cleaner in cleaners {
        let once = cleaner.cleaned(markdown: text).text
        #expect(Array(cleaner.cleaned(markdown: once).text.utf8) == Array(once.utf8), "seed \(seed)")
        // NFC may lengthen a text threefold (Unicode Annex 15, section 14.1); each line ends in a line feed.
        #expect(once.utf8.count <= 3 * text.utf8.count + 64, "seed \(seed)")
      }
    }
  }

  @Test func `a closed code fence stays byte for byte, whatever is in it and around it`() {
    for seed in 0..<300 {
      var generator = SeededGenerator(seed: UInt64(seed) &* 13 + 3)
      let inner = text(&generator).replacing("`", with: "").replacing("\r", with: "")
      let around = text(&generator).replacing("`", with: "").replacing("~", with: "")
      let fence = "```text\n\(inner)\n```"
      let cleaned = Cleaner().cleaned(markdown: "\(around)\n\n\(fence)\n\n\(around)").text
      #expect(contains(Array(cleaned.utf8), Array(fence.utf8)), "seed \(seed): \(fence.debugDescription)")
    }
  }

  private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains {
      bytes[$0] == part[0] && bytes[$0..<($0 + part.count)] == part[...]
    }
  }
}
