import Domain
import Foundation
import Preprocessing
import TestSupport
import Testing

struct ChunkerTests {
  private let tokenizer = WordTokenizer()

  private func chunks(
    _ text: String, size: Int = 32, overlap: Int = 0, category: DataCategory = .articles, path: String? = nil
  ) throws -> [Chunk] {
    let chunker = Chunker(ChunkingConfiguration(size: size, overlap: overlap), tokenizer: tokenizer)
    return try chunker.chunks(of: cleanedDocument(text, category: category, path: path))
  }

  /// What holds for the chunks of any text.
  private func expectSound(_ chunks: [Chunk], of text: String, size: Int, overlap: Int, _ comment: Comment) {
    let bytes = Array(text.utf8)
    var covered = [Bool](repeating: false, count: bytes.count)
    var previous: Chunk?
    for chunk in chunks {
      #expect(Array(chunk.text.utf8) == Array(bytes[chunk.start..<chunk.end]), comment)
      #expect(chunk.tokens == tokenizer.tokens(of: chunk.text).count + 2, comment)
      #expect(chunk.tokens <= size, comment)
      if let previous {
        #expect(chunk.start > previous.start && chunk.end > previous.end, comment)
        if chunk.start < previous.end {
          let repeated = String(decoding: bytes[chunk.start..<previous.end], as: UTF8.self)
          #expect(tokenizer.tokens(of: repeated).count <= overlap, comment)
        }
      }
      for index in chunk.start..<chunk.end { covered[index] = true }
      previous = chunk
    }
    #expect(firstMissed(in: text, covered) == nil, comment)
    #expect(Set(chunks.map(\.id)).count == chunks.count, comment)
  }

  @Test func `chunks of any text are sound`() throws {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = randomMarkdown(Int.random(in: 0...300, using: &generator), using: &generator)
      let size = Int.random(in: 16...80, using: &generator)
      let overlap = Int.random(in: 0...(size / 2), using: &generator)
      let category: DataCategory = seed % 5 == 0 ? .repositories : .articles
      let found = try chunks(text, size: size, overlap: overlap, category: category)
      expectSound(found, of: text, size: size, overlap: overlap, "seed \(seed)")
      #expect(try chunks(text, size: size, overlap: overlap, category: category) == found)
    }
  }

  @Test func `a section begins a chunk and the headings above it are told`() throws {
    let text = """
      # Engines

      \(sentence(10))

      ## Difference engine

      \(sentence(12))

      ## Analytical engine

      \(sentence(12))
      """
    let found = try chunks(text, size: 24)
    #expect(found.map { $0.text.prefix(8) } == ["# Engine", "## Diffe", "## Analy"])
    #expect(found.map(\.headings) == [[], ["Engines"], ["Engines"]])
  }

  @Test func `a heading is never left at the end of a chunk`() throws {
    let text = "\(sentence(9))\n\n## Next\n\n\(sentence(14))"
    let found = try chunks(text, size: 20)
    #expect(found.map { $0.text.hasPrefix("## Next") } == [false, true])
  }

  @Test func `a code fence that fits stays whole`() throws {
    let fence = "```swift\nlet a = 1\n\nlet b = 2\n```"
    let found = try chunks("\(sentence(12))\n\n\(fence)\n\n\(sentence(12))", size: 28)
    #expect(found.contains { $0.text.contains(fence) })
    #expect(found.allSatisfy { $0.text.contains("```swift") == $0.text.hasSuffix("```") || $0.text.contains(fence) })
  }

  @Test func `a code fence that is too long is cut between its lines`() throws {
    let lines = (1...30).map { "let value\($0) = \($0)" }
    let found = try chunks("```\n\(lines.joined(separator: "\n"))\n```", size: 40)
    #expect(found.count > 1)
    #expect(found.flatMap { $0.text.split(separator: "\n") }.map(String.init) == ["```"] + lines + ["```"])
  }

  @Test func `lists and tables that fit stay whole`() throws {
    let list = "- one two\n- three four\n- five six"
    let table = "| a | b |\n|---|---|\n| 1 | 2 |"
    let found = try chunks("\(sentence(14))\n\n\(list)\n\n\(sentence(14))\n\n\(table)", size: 34)
    #expect(found.contains { $0.text.contains(list) })
    #expect(found.contains { $0.text.contains(table) })
  }

  @Test func `a long paragraph is cut between sentences and overlaps by whole ones`() throws {
    let sentences = (1...20).map { "Sentence \($0) has six words." }
    let found = try chunks(sentences.joined(separator: " "), size: 32, overlap: 10)
    #expect(found.count > 2)
    for (chunk, next) in zip(found, found.dropFirst()) {
      #expect(chunk.text.hasPrefix("Sentence") && chunk.text.hasSuffix("words."))
      #expect(next.start < chunk.end)
    }
  }

  @Test func `source files are cut between declarations and headed by their path`() throws {
    let function = "func name() {\n  let a = 1\n\n  return a\n}"
    let text = (0..<6).map { _ in function }.joined(separator: "\n\n")
    let found = try chunks(text, size: 64, category: .repositories, path: "Sources/main.swift")
    #expect(found.count > 1)
    #expect(found.allSatisfy { $0.text.hasPrefix("func") && $0.text.hasSuffix("}") })
    #expect(
      found.allSatisfy {
        $0.headings == ["Sources/main.swift"] && $0.chunking == ChunkingMethod(strategy: "code", size: 64, overlap: 0)
      })
    #expect(Set(found.map(\.id)).count == found.count)
  }

  @Test func `a repository's prose is cut as prose, and its source too when the configuration says so`() throws {
    #expect(
      try chunks("# A\n\nb", category: .repositories, path: "README.md").first?.chunking
        == ChunkingMethod(strategy: "markdown", size: 32, overlap: 0))
    let chunker = Chunker(
      ChunkingConfiguration(categories: [.repositories: .init(strategy: .markdown)]), tokenizer: tokenizer)
    let document = cleanedDocument("let a = 1", category: .repositories, path: "a.swift")
    #expect(
      try chunker.chunks(of: document).first?.chunking == ChunkingMethod(strategy: "markdown", size: 256, overlap: 32))
  }

  @Test func `a paragraph inserted at the top renames no chunk below`() throws {
    let section = "## Engines\n\n\(sentence(12))"
    let before = try chunks(section, size: 24)
    let after = try chunks("\(sentence(18))\n\n\(section)", size: 24)
    #expect(Set(before.map(\.id)).isSubset(of: after.map(\.id)))
  }

  @Test(arguments: ["word ", "w", "字", "a. ", ".", "\u{301}", "- a\n", "```\n", "# a\n", "| a\n", " ", "&"])
  func `a text of hundreds of kilobytes of one thing is cut in linear time`(unit: String) throws {
    let text = String(repeating: unit, count: 100_000)
    let found = try chunks(text, size: 256, overlap: 32)
    #expect(found.allSatisfy { $0.tokens <= 256 })
  }

  @Test func `a word of one unknown token and a megabyte is cut all the same`() throws {
    let text = String(repeating: "x", count: 1_000_000)
    // For LangChain's rules one token is one token.
    for strategy in ChunkingStrategy.allCases where strategy != .handbook && strategy != .recursive {
      let chunker = Chunker(ChunkingConfiguration(strategy: strategy), tokenizer: WholeWordTokenizer())
      let found = try chunker.ranges(of: "\(text) end")
      // At most 32 bytes for each token allowed, and an eighth of them repeated.
      #expect((50...200).contains(found.count), "\(strategy): \(found.count)")
      #expect(found.map(\.count).reduce(0, +) >= 1_000_000)
    }
  }

  @Test func `a value out of range is named as the configuration spells it`() throws {
    let document = cleanedDocument("text")
    for (configuration, key) in [
      (ChunkingConfiguration(size: 4), "chunking.size"),
      (ChunkingConfiguration(size: 64, overlap: 33), "chunking.overlap"),
      (ChunkingConfiguration(categories: [.posts: .init(size: 1)]), "chunking.posts.size"),
    ] {
      let error = #expect(throws: PreprocessingError.self) {
        try Chunker(configuration, tokenizer: tokenizer).chunks(of: document)
      }
      #expect(error?.description.hasPrefix("`\(key)` must be") == true)
    }
  }

  @Test func `a configuration has defaults and an override per category`() throws {
    let json = #"{"size": 128, "posts": {"size": 64}, "repositories": {"strategy": "markdown"}}"#
    let configuration = try JSONDecoder().decode(ChunkingConfiguration.self, from: Data(json.utf8))
    #expect(
      configuration
        == ChunkingConfiguration(
          size: 128, categories: [.posts: .init(size: 64), .repositories: .init(strategy: .markdown)]))
    #expect(
      try JSONDecoder().decode(ChunkingConfiguration.self, from: JSONEncoder().encode(configuration)) == configuration)
    let error = #expect(throws: PreprocessingError.self) {
      try JSONDecoder().decode(ChunkingConfiguration.self, from: Data(#"{"strategy": "marqdown"}"#.utf8))
    }
    #expect(
      error?.description
        == "`chunking.strategy` must be `markdown` or `code` or `sentences` or `recursive` or `tokens` or `handbook`, but is `marqdown`."
    )
  }

  @Test func `the fingerprint changes with every parameter`() {
    let configurations = [
      ChunkingConfiguration(), ChunkingConfiguration(size: 255), ChunkingConfiguration(overlap: 31),
      ChunkingConfiguration(strategy: .code), ChunkingConfiguration(categories: [.posts: .init(size: 64)]),
    ]
    #expect(Set(configurations.map { Chunker($0, tokenizer: tokenizer).fingerprint }).count == configurations.count)
  }

  /// A sentence of `count` tokens.
  private func sentence(_ count: Int) -> String {
    (1..<count).map { _ in "word" }.joined(separator: " ").capitalized + "."
  }
}
