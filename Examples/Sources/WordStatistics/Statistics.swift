import DataflowMacros
import Foundation

/// Statistics of the words in a folder of text files.
///
/// A step is called what it produces, and its parameters are called what they need: `words` needs `texts`, which needs
/// `files`, which needs `folder`, which no step makes and which is therefore an input.
@Pipeline
struct Statistics {
  /// Words that say nothing. A stored property is a resource: steps may use it, and those that do run again when it
  /// changes.
  let ignored: [String]

  /// Looks at the outside world, so it must run each time. What needs it runs again only for what has changed.
  @Step(cache: .recompute)
  func files(folder: String) throws -> [TextFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".txt") }
      .map { name in
        let path = URL(filePath: folder).appending(path: name).path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return TextFile(
          path: path, bytes: attributes[.size] as? Int ?? 0, modified: attributes[.modificationDate] as? Date ?? .now)
      }
  }

  /// Once for each file. A file that throws is put aside under its name, and the others go on.
  @Step
  func texts(files file: Each<TextFile>) throws -> Text {
    let bytes = try Data(contentsOf: URL(filePath: file.path))
    guard let content = String(validating: bytes, as: UTF8.self) else {
      let valid = String(decoding: bytes, as: UTF8.self).utf8
      throw TextError.notUTF8(byte: zip(bytes, valid).prefix { $0 == $1 }.count)
    }
    return Text(name: file.itemName, content: content)
  }

  /// Once for each text, with one list of all words as its product. An input with a default may be left out.
  @Step
  func words(texts text: Each<Text>, minimum: Int = 3) -> Flat<String> {
    text.content.lowercased().split { !$0.isLetter }.map(String.init)
      .filter { $0.count >= minimum && !ignored.contains($0) }
  }

  /// Takes the whole list, when all of it is there.
  @Step
  func counts(words: [String]) -> [WordCount] {
    Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
      .map { WordCount(word: $0, count: $1) }
      .sorted { $0.word < $1.word }
  }

  /// One of the two variants of `ranking`; the compiler says so if a case of `Order` has none.
  @Step("ranking", when: Order.frequency)
  func byFrequency(counts: [WordCount]) -> [WordCount] {
    counts.sorted { ($1.count, $0.word) < ($0.count, $1.word) }
  }

  @Step("ranking", when: Order.alphabet)
  func byAlphabet(counts: [WordCount]) -> [WordCount] {
    counts
  }

  /// What a step notes about its product stands in the record of the run.
  @Step
  func summary(texts: [Text], words: [String], counts: [WordCount]) -> Summary {
    StepContext.current.record("words_per_text", texts.isEmpty ? 0 : words.count / texts.count)
    return Summary(texts: texts.count, words: words.count, distinct: counts.count)
  }

  /// Fails the step `words`, and so the run, unless it holds.
  @Check
  func someWords(words: [String]) throws {
    if words.isEmpty { throw CheckFailure("there is not one word; is this a folder of .txt files?") }
  }

  /// Only warns, of each text that it does not hold for.
  @Check(.warn)
  func isWorthCounting(texts text: Each<Text>) throws {
    if text.content.utf8.count < 100 { throw CheckFailure("it is hardly a text") }
  }
}
