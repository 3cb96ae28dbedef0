import Domain
import Foundation
import Preprocessing
import TestSupport
import Testing
import Tokenizers

struct HandbookChunkingTests {
  private struct Expected: Decodable {
    var text: String
    var articles, posts, repositories: [String]
  }

  @Test func `the chunks are those of the Handbook's rules, in each category`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/handbook.jsonl")
    let vocabulary = packageRoot.appending(path: "Tests/TokenizersTests/Fixtures/vocab.txt")
    let chunker = Chunker(
      ChunkingConfiguration(strategy: .handbook), tokenizer: try WordPieceTokenizer(vocabularyAt: vocabulary))
    var count = 0
    for line in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")) {
      let expected = try JSONDecoder().decode(Expected.self, from: line)
      for (category, chunks) in [
        (DataCategory.articles, expected.articles), (.posts, expected.posts), (.repositories, expected.repositories),
      ] {
        let found = try chunker.chunks(of: cleanedDocument(expected.text, category: category))
        // Joined sentences have a space between them, whatever stands there in the text.
        let texts = found.map {
          category == .articles ? $0.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") : $0.text
        }
        let wanted = chunks.map {
          category == .articles ? $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") : $0
        }
        #expect(texts == wanted, "\(category)")
        #expect(found.allSatisfy { $0.start < $0.end && $0.end <= expected.text.utf8.count })
        count += found.count
      }
    }
    #expect(count > 100)
  }
}
