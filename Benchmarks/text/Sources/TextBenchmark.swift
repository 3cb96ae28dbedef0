// Our half of the comparison: `TextBenchmark CASE TEXTS TOKENIZER SECONDS` reads texts, a JSON array of strings, goes over
// all of them once, uncounted, and then again and again for so many CPU seconds, and prints the CPU seconds of one pass and
// how many chunks or tokens came out as a line of JSON.

import BenchmarkClock
import Foundation
import Preprocessing
import Tokenizers

@main
struct TextBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let work = try work(arguments[1], tokenizer: arguments[3]),
      let seconds = Double(arguments[4])
    else {
      FileHandle.standardError.write(Data("usage: TextBenchmark CASE TEXTS TOKENIZER SECONDS\n".utf8))
      exit(2)
    }
    let texts = try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: arguments[2])))
    let made = try texts.reduce(0) { try $0 + work($1) }
    var (clock, passes) = (Clock(), 0)
    while clock.processor < seconds || passes < 3 {
      let again = try await clock.time { @Sendable in try texts.reduce(0) { try $0 + work($1) } }
      guard again == made else { fatalError("two passes made \(made) and \(again)") }
      passes += 1
    }
    print(#"{"seconds": \#(clock.processor / Double(passes)), "made": \#(made)}"#)
  }

  /// Does something with a text and says how much came of it.
  private typealias Work = @Sendable (String) throws -> Int

  /// What is done with one text, by name; nil if there is no such thing.
  private static func work(_ name: String, tokenizer path: String) throws -> Work? {
    let tokenizer = try loadTokenizer(at: path)
    func chunking(_ strategy: ChunkingStrategy, _ size: Int, _ overlap: Int, _ unit: ChunkingUnit) -> Work {
      let chunker = Chunker(
        ChunkingConfiguration(strategy: strategy, size: size, overlap: overlap, unit: unit), tokenizer: tokenizer)
      return { text in
        let bytes = Array(text.utf8)
        // The peers make strings, so these are made, too.
        return try chunker.ranges(of: text).map { String(decoding: bytes[$0], as: UTF8.self) }.count
      }
    }
    func cleaning(_ strategy: CleaningStrategy) -> Work {
      let cleaner = Cleaner(CleaningConfiguration(strategy: strategy))
      return { cleaner.cleaned(markdown: $0).text.unicodeScalars.count }
    }
    // The peers do not count special tokens; ours are a part of the size.
    let tokens = 256 + tokenizer.specialTokenCount
    switch name {
    case "characters-500": return chunking(.recursive, 500, 50, .characters)
    case "characters-1500": return chunking(.recursive, 1500, 100, .characters)
    case "tokens-256": return chunking(.recursive, tokens, 32, .tokens)
    case "markdown-characters-500": return chunking(.markdown, 500, 50, .characters)
    case "markdown-characters-1500": return chunking(.markdown, 1500, 100, .characters)
    case "markdown-tokens-256": return chunking(.markdown, tokens, 32, .tokens)
    case "tokenize": return { tokenizer.encode($0, maximumLength: nil).ids.count }
    case "clean-handbook": return cleaning(.handbook)
    case "clean-markdown": return cleaning(.markdown)
    default: return nil
    }
  }
}
