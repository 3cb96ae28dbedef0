import Foundation
import TestSupport
import Testing
import Tokenizers

struct BytePairTokenizerTests {
  /// What `tokenizers` made of a text with each model; written by `Fixtures/make_byte_level.py`.
  private struct EncodedText: Decodable {
    var text: String
    var ids: [String: [Int32]]
  }

  private static let folder = Fixture.folder.appending(path: "ByteLevel")
  private static let models = ["gpt2", "prefix", "llama3", "qwen2", "digits", "roberta"]

  private static func texts() throws -> [EncodedText] {
    try Fixture.lines("ByteLevel/texts.jsonl").map { try JSONDecoder().decode(EncodedText.self, from: Data($0.utf8)) }
  }

  private func tokenizer(_ name: String) throws -> any Tokenizer {
    try loadTokenizer(at: Self.folder.appending(path: "\(name).json").path)
  }

  @Test(arguments: models)
  func `gives the numbers of the tokenizers package`(model: String) throws {
    let (tokenizer, texts) = (try tokenizer(model), try Self.texts())
    #expect(texts.count > 100)
    for expected in texts {
      let ids = tokenizer.encode(expected.text, maximumLength: nil).ids
      #expect(ids == expected.ids[model], "\(expected.text.debugDescription)")
    }
  }

  @Test(arguments: ["gpt2", "llama3", "digits"])
  func `the bytes of the tokens are the text`(model: String) throws {
    let tokenizer = try tokenizer(model)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let text = randomText(using: &generator)
      var end = 0
      for token in tokenizer.tokens(of: text) {
        #expect(token.start == end && token.end > token.start, "\(text.debugDescription)")
        end = token.end
      }
      #expect(end == text.utf8.count, "\(text.debugDescription)")
    }
  }

  @Test(arguments: ["prefix", "qwen2"])
  func `offsets are ordered and within bounds where a text is changed before it is cut`(model: String) throws {
    let tokenizer = try tokenizer(model)
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let text = randomText(using: &generator) + "e\u{301}"
      var previous = Token(id: 0, start: 0, end: 0)
      for token in tokenizer.tokens(of: text) {
        #expect(token.start >= previous.start && token.end >= token.start && token.end <= text.utf8.count)
        previous = token
      }
      #expect(previous.end == text.utf8.count)
    }
  }

  @Test func `special tokens stand around a text, and inside it where they are written`() throws {
    let tokenizer = try tokenizer("roberta")
    #expect(tokenizer.specialTokenCount == 2)
    let encoding = tokenizer.encode("a</s>", maximumLength: nil)
    #expect(encoding.ids.first == 0 && encoding.ids.suffix(2) == [1, 1])
    #expect(encoding.offsets == [0..<0, 0..<1, 1..<5, 0..<0])
    let cut = tokenizer.encode("abc", maximumLength: 3)
    #expect(cut.ids.count == 3 && cut.isTruncated && cut.ids.last == 1)
  }

  @Test func `a long word is cut as a short one is, in time that does not grow with its square`() throws {
    let tokenizer = try tokenizer("gpt2")
    let unit = tokenizer.tokens(of: "xyxyxyxyxyxyxyxy")
    let long = tokenizer.tokens(of: String(repeating: "xy", count: 200_000))
    #expect(long.last?.end == 400_000)
    #expect(long.count == 400_000 / 16 * unit.count)
  }
}

struct TokenizerFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(_ json: String) throws -> String {
    let path = try folder.write(json, to: "tokenizer.json")
    let error = #expect(throws: TokenizerError.self) { try loadTokenizer(at: path) }
    let text = error?.description ?? ""
    #expect(text.contains(path))
    return text
  }

  private static func wordPiece(_ vocabulary: String, normalizer: String = "", model: String = "") -> String {
    #"{"normalizer":{"type":"BertNormalizer"\#(normalizer)},"pre_tokenizer":{"type":"BertPreTokenizer"},"#
      + #""post_processor":{"type":"BertProcessing","cls":["[CLS]",1],"sep":["[SEP]",2]},"#
      + #""added_tokens":[{"id":3,"content":"[MASK]"}],"#
      + #""model":{"type":"WordPiece"\#(model),"unk_token":"[UNK]","vocab":{\#(vocabulary)}}}"#
  }

  @Test func `a WordPiece model is read from its file as from its vocabulary`() throws {
    var lines = try Fixture.lines("vocab.txt").map(String.init)
    let entries = try lines.enumerated().map { index, line in
      String(decoding: try JSONEncoder().encode(line), as: UTF8.self) + ":\(index)"
    }
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].enumerated().map {
      #"{"id":\#($0),"content":"\#($1)"}"#
    }
    let json = Self.wordPiece(entries.joined(separator: ","))
      .replacing(#"[{"id":3,"content":"[MASK]"}]"#, with: "[\(special.joined(separator: ","))]")
      .replacing(#"["[CLS]",1]"#, with: #"["[CLS]",2]"#).replacing(#"["[SEP]",2]"#, with: #"["[SEP]",3]"#)
    let tokenizer = try loadTokenizer(at: try folder.write(json, to: "model/tokenizer.json"))
    for expected in try Fixture.encodedTexts() {
      let encoding = tokenizer.encode(expected.text, maximumLength: nil)
      #expect(encoding.ids == expected.ids, "\(expected.text)")
      #expect(encoding.offsets.map { [$0.lowerBound, $0.upperBound] } == expected.offsets, "\(expected.text)")
    }
    // A folder is its tokenizer.json, or else its vocab.txt.
    #expect(try loadTokenizer(at: folder.path("model")).tokens(of: "engine") == tokenizer.tokens(of: "engine"))
    lines.append("engines")
    try folder.write(lines.joined(separator: "\n"), to: "other/vocab.txt")
    #expect(try loadTokenizer(at: folder.path("other")).tokens(of: "engines").map(\.id) == [Int32(lines.count - 1)])
  }

  @Test func `names that look the same are two tokens`() throws {
    // A composed and a decomposed letter are equal for Swift's strings, and two tokens for a model.
    let json = Self.wordPiece(#""[UNK]":0,"[CLS]":1,"[SEP]":2,"x":4,"\u00c5":5,"A\u030a":6,"a":7"#)
    let tokenizer = try loadTokenizer(at: try folder.write(json, to: "tokenizer.json"))
    #expect(tokenizer.encode("x \u{C5} [MASK]", maximumLength: nil).ids == [1, 4, 7, 3, 2])
  }

  @Test(arguments: [
    (#""lowercase":false,"strip_accents":true"#, "", "keeps case but not accents"),
    (#""strip_accents":false"#, "", "keeps accents but not case"),
    ("", #","max_input_chars_per_word":50"#, "100 characters"),
    ("", #","continuing_subword_prefix":"@@""#, "pieces without"),
  ])
  func `what is not supported is named`(normalizer: String, model: String, words: String) throws {
    let normalizer = normalizer.isEmpty ? "" : "," + normalizer
    let text = try error(Self.wordPiece(#""[UNK]":0"#, normalizer: normalizer, model: model))
    #expect(text.contains(words), "\(text)")
  }

  @Test(arguments: [
    (#"{"model":{"type":"Unigram","vocab":{}}}"#, "type Unigram"),
    (#"{"model":{"type":"BPE","vocab":{},"merges":[]}}"#, "without the pre-tokenizer ByteLevel"),
    (#"{"model":{"type":"BPE","byte_fallback":true,"vocab":{},"merges":[]}}"#, "byte fallback"),
    (
      #"{"pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\d+"},"behavior":"Isolated"},"model":{"type":"BPE"}}"#,
      #"the pattern `\d+`"#
    ),
    (
      #"{"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#,
      "merge 1, `a b`"
    ),
    (
      #"{"added_tokens":[{"id":0,"content":"x","single_word":true}],"pre_tokenizer":{"type":"ByteLevel"},"#
        + #""model":{"type":"BPE","vocab":{},"merges":[]}}"#, "the added token x"
    ),
    (#"{}"#, "no model"), (#"{"model":"#, "ends too early"), ("[]", "no `{`"),
    (#"{"model":{"vocab":{"a":-1}}}"#, "no token number"), (#"{"model":{"vocab":{"a":1.5}}}"#, "neither"),
    (#"{"model":{"vocab":{"a\q":1}}}"#, "unknown escape"),
    (#"{"model":{"vocab":{"\ud800":1}}}"#, "half of a character"),
    (#"{"model":{"type":"BPE","merges":[["a"]]}}"#, "not of two tokens"), (#"{"normalizer":{}, "model":{}}"#, "`type`"),
  ])
  func `a file that cannot be used says why`(json: String, words: String) throws {
    let text = try error(json)
    #expect(text.contains(words), "\(text)")
  }

  @Test func `no damaged file ends the process`() throws {
    let whole = try [UInt8](Data(contentsOf: Fixture.folder.appending(path: "ByteLevel/llama3.json")))
    var generator = SeededGenerator(seed: 8)
    var refused = 0
    for _ in 0..<300 {
      var bytes = whole
      if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator)) }
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      let path = folder.path("tokenizer.json")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        _ = try loadTokenizer(at: path).tokens(of: "The engine doesn't know 1843 cards.\n\n")
      } catch is TokenizerError {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  @Test func `nesting without end is refused`() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try error(#"{"model":{"type":\#(deep)"#).contains("too deeply"))
  }

  @Test func `a folder without a tokenizer is named`() throws {
    let error = #expect(throws: TokenizerError.self) { try loadTokenizer(at: folder.url.path) }
    #expect(error?.description.contains("neither a tokenizer.json nor a vocab.txt") == true)
  }
}
