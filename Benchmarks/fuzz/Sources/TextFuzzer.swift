// A coverage-guided fuzzer of cleaning, cutting and tokenising: libFuzzer hands bytes over, and whatever text they make must
// have the properties that documentation promises. `make fuzz` builds and runs it.

import Domain
import Foundation
import Preprocessing
import Tokenizers

@main
struct TextFuzzer {
  static func main() {
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(runFuzzer(&count, &arguments) { start, count in TextFuzzer.check(start, count) })
  }

  /// Checks what holds for one input. The first bytes choose settings, the rest is the text.
  private static func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 4 else { return 0 }
    let input = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: input[4...], as: UTF8.self)
    checkChunks(of: text, input[0], input[1], input[2])
    checkCleaning(of: text, scrubs: input[3] & 1 == 1)
    checkTokens(of: text)
    checkBytePairs(of: text)
    return 0
  }
}

/// libFuzzer's driver, for programs that have a main function of their own (LLVM, "Using libFuzzer as a library").
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let paths = [
  "a.py", "a.ts", "a.java", "a.kt", "a.cpp", "a.cs", "a.go", "a.rs", "a.swift", "a.rb", "a.sh", "a.md",
]

private func checkChunks(of text: String, _ choice: UInt8, _ size: UInt8, _ overlap: UInt8) {
  let strategies = ChunkingStrategy.allCases.filter { $0 != .handbook }
  let strategy = strategies[Int(choice & 7) % strategies.count]
  let unit: ChunkingUnit = choice & 8 == 0 ? .tokens : .characters
  let size = 16 + Int(size) % 100
  let rule = ChunkingConfiguration.Override(
    strategy: strategy, size: size, overlap: Int(overlap) % (size / 2 + 1), unit: unit)
  let chunker = Chunker(ChunkingConfiguration(categories: [.repositories: rule]), tokenizer: tokenizer)
  let raw = RawDocument(
    category: .repositories, link: "a", platform: "fuzz", author: User(fullName: "A"), text: text,
    path: paths[Int(choice >> 4) % paths.count])
  let document = CleanedDocument(of: raw, text: text, fingerprint: ContentHash(of: ""))
  guard let chunks = try? chunker.chunks(of: document) else { fatalError("the configuration is refused") }
  let bytes = Array(text.utf8)
  var covered = [Bool](repeating: false, count: bytes.count)
  for chunk in chunks {
    precondition(chunk.start < chunk.end && chunk.end <= bytes.count, "a range that is none")
    precondition(Array(chunk.text.utf8) == Array(bytes[chunk.start..<chunk.end]), "not the bytes of the text")
    let length = unit == .tokens ? chunk.tokens : chunk.text.unicodeScalars.count
    precondition(length <= size, "\(length) \(unit), at most \(size) are asked for")
    for place in chunk.start..<chunk.end { covered[place] = true }
  }
  var place = 0
  for scalar in text.unicodeScalars {
    let isSpace = scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    precondition(covered[place] || isSpace, "byte \(place) lies in no chunk")
    place += scalar.utf8.count
  }
}

private func checkCleaning(of text: String, scrubs: Bool) {
  let kinds = scrubs ? Set(PersonalDataKind.allCases) : []
  let cleaner = Cleaner(CleaningConfiguration(personalData: kinds))
  let once = cleaner.cleaned(markdown: text).text
  let twice = cleaner.cleaned(markdown: once).text
  precondition(Array(once.utf8) == Array(twice.utf8), "cleaning twice is not cleaning once")
  precondition(once.utf8.count <= 3 * text.utf8.count + 64, "cleaning has grown the text")
}

private func checkTokens(of text: String) {
  var end = 0
  for token in tokenizer.tokens(of: text) {
    precondition(token.start < token.end && token.end <= text.utf8.count, "an offset out of range")
    precondition(token.start >= end || token.end >= end, "offsets that do not ascend")
    end = token.start
  }
}

private func checkBytePairs(of text: String) {
  for tokenizer in bytePairs {
    var end = 0
    for token in tokenizer.tokens(of: text) {
      precondition(token.start == end && token.end > token.start, "a token that does not follow the one before")
      end = token.end
    }
    precondition(end == text.utf8.count, "the end of the text is in no token")
  }
}

/// The small byte-level tokenizers of the tests that read a text as it is.
private let bytePairs: [any Tokenizer] = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  do {
    return try ["gpt2", "llama3", "digits"].map {
      try loadTokenizer(at: root.appending(path: "Tests/TokenizersTests/Fixtures/ByteLevel/\($0).json").path)
    }
  } catch {
    fatalError("the tests' tokenizers cannot be read: \(error)")
  }
}()

/// WordPiece with a vocabulary of a few letters, which cuts as one with thousands does.
private let tokenizer: WordPieceTokenizer = {
  let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
  let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
  let words = ["the", "##ing", "##er", "in", "class", "def", "func"]
  let lines =
    special + letters + letters.map { "##\($0)" } + words + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".map(String.init)
  let file = FileManager.default.temporaryDirectory.appending(path: "fuzz-vocabulary-\(getpid()).txt")
  do {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try WordPieceTokenizer(vocabularyAt: file)
  } catch {
    fatalError("the fuzzer's vocabulary cannot be written: \(error)")
  }
}()
