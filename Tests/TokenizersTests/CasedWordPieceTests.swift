import Foundation
import TestSupport
import Testing
import Tokenizers

/// WordPiece that keeps case and accents, as `bert-base-cased` does; `Fixtures/make_cased.py` makes what is compared with.
struct CasedWordPieceTests {
  private let tokenizer: any Tokenizer

  init() throws { tokenizer = try loadTokenizer(at: Fixture.folder.appending(path: "Cased/tokenizer.json").path) }

  @Test func `gives the numbers and offsets of the tokenizers package`() throws {
    let lines = try Fixture.lines("Cased/texts.jsonl")
    #expect(lines.count > 300)
    for line in lines {
      let expected = try JSONDecoder().decode(EncodedText.self, from: Data(line.utf8))
      let encoding = tokenizer.encode(expected.text, maximumLength: nil)
      #expect(encoding.ids == expected.ids, "\(expected.text)")
      #expect(encoding.offsets.map { [$0.lowerBound, $0.upperBound] } == expected.offsets, "\(expected.text)")
    }
  }

  @Test func `treats the characters at both ends of every run as the tokenizers package does`() throws {
    let runs = try Fixture.lines("Cased/characters.txt").map { line in
      let fields = line.split(separator: " ")
      return (first: try #require(UInt32(fields[0], radix: 16)), ids: String(fields[1]))
    }
    #expect(runs.count > 500)
    for (run, next) in zip(runs, runs.dropFirst() + [(first: 0x11_0000, ids: "")]) {
      for value in [run.first, run.first + (next.first - run.first) / 2, next.first - 1] {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let ids = tokenizer.tokens(of: "a\(scalar)b").map { String($0.id) }.joined(separator: ",")
        #expect(ids == run.ids, "U+\(String(value, radix: 16))")
      }
    }
  }
}
