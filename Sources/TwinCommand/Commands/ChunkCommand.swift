public import ArgumentParser
import Foundation
public import Pipelines

struct ChunkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chunk",
    abstract: "Cuts one text into chunks for an embedding model; it is not cleaned before.",
    discussion: """
      Each chunk is exactly the bytes from start to end of the text, which must be UTF-8, at most 64 MiB. Sizes are \
      tokens of the model, its special tokens included, or characters. With --json each chunk is one line: text, start, end, tokens.

      EXAMPLE
        twin chunk data/sample/notes/cron-habits.md --size 128 --model hash --json
      """)

  @Argument(help: "The file; `-` is standard input.", completion: .file()) var file: String
  @Option(help: "Where to cut.") var strategy: ChunkingStrategy = .markdown
  @Option(help: "The greatest length of a chunk.") var size = 256
  @Option(help: "The most that a chunk repeats; 32 by default, or half the size if that is less.")
  var overlap: Int?
  @Option(help: "What both are counted in.") var unit: ChunkingUnit = .tokens
  @OptionGroup var model: ModelOptions
  @Flag(help: "Print one JSON object per chunk.") var json = false

  private var chunking: ChunkingConfiguration {
    ChunkingConfiguration(strategy: strategy, size: size, overlap: overlap ?? min(32, max(0, size) / 2), unit: unit)
  }

  func validate() throws {
    do {
      try chunking.validate()
    } catch let error as PreprocessingError {
      throw ValidationError(error.description.replacing("chunking.", with: "--"))
    }
  }

  func run() async throws {
    let chunker = Chunker(chunking, tokenizer: try model.tokenizer())
    let document = RawDocument(
      category: .articles, link: file, platform: "file", author: User(fullName: ""),
      text: try await InputReader(file).readText())
    let chunks = try chunker.chunks(
      of: CleanedDocument(of: document, text: document.text, fingerprint: ContentHash(of: "")))
    var output = ""
    for (index, chunk) in chunks.enumerated() {
      output += json ? try line(chunk) : shown(chunk, number: index + 1)
    }
    try await writeResult(output)
  }

  private func line(_ chunk: Chunk) throws -> String {
    struct Row: Encodable {
      var text: String
      var start, end, tokens: Int
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let row = Row(text: chunk.text, start: chunk.start, end: chunk.end, tokens: chunk.tokens)
    return String(decoding: try encoder.encode(row), as: UTF8.self) + "\n"
  }

  private func shown(_ chunk: Chunk, number: Int) -> String {
    "--- chunk \(number): bytes \(chunk.start) to \(chunk.end), \(counted(chunk.tokens, "token"))\n"
      + endingInLineFeed(chunk.text)
  }
}

extension ChunkingStrategy: ExpressibleByArgument {}
extension ChunkingUnit: ExpressibleByArgument {}
