import Dataset
import Domain
import Foundation
import TestSupport
import Testing

/// The card, by the programs that read it.
struct CardTests {
  private func dataset(
    _ kind: DatasetKind, others category: DataCategory = .articles, _ change: (inout DatasetSettings) -> Void = { _ in }
  ) throws -> BuiltDataset {
    var generator = SeededGenerator(seed: 21)
    let words = ["mill", "card", "wheel", "crank", "brass", "thread", "steam", "paper", "gear", "oil", "loom", "punch"]
    let others = ["Cranks", "Gears", "Steam", "Paper"].map { title in
      let sentences = (0..<4).map { _ in
        let some = (0..<14).compactMap { _ in words.randomElement(using: &generator) }
        return "The \(some.joined(separator: " and the ")) are all that there is to it."
      }
      return document(
        "## \(title)\n\n\(sentences.joined(separator: " "))", link: "https://example.org/\(title)", category: category,
        title: title)
    }
    let documents = [document(article)] + others
    var settings = DatasetSettings(kind: kind, testSplit: 0.3)
    change(&settings)
    var outcomes = documents.flatMap { extracts(of: $0) }.map(ExtractiveGenerator().samples)
    if kind == .preference {
      for place in outcomes.indices {
        outcomes[place].accepted = outcomes[place].accepted.enumerated().map { index, candidate in
          GeneratorOutcome.Candidate(
            .preference(
              PreferenceSample(
                prompt: candidate.sample.instruction, chosen: candidate.sample.answer,
                rejected: "It is some machine or other that does what such machines do, number \(place).\(index).",
                provenance: candidate.sample.provenance, index: index)))
        }
      }
    }
    return try buildDataset(from: outcomes.map { gated($0, by: settings.gates) }, settings: settings)
  }

  private func load(_ folder: String) throws -> (card: [String: Any], rows: [String: [String: [[String: Any]]]]) {
    let script = packageRoot.appending(path: "Tests/Peers/dataset_loader.py").path
    let result = try runBlocking(testPython, [script, folder])
    try #require(result.status == 0, "\(result)")
    let found = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return (
      try #require(found["card"] as? [String: Any]), try #require(found["rows"] as? [String: [String: [[String: Any]]]])
    )
  }

  @Test(arguments: [DatasetKind.instruction, .preference])
  func `datasets loads the folder in one line, and every format by its name`(kind: DatasetKind) throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(kind) {
      $0.system = "You are: Ada.\n\"Yes\""
      $0.name = "Ada's \"engines\": a set"
      $0.license = "cc-by-4.0"
    }
    #expect(!dataset.train.isEmpty && !dataset.test.isEmpty)
    _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(dataset)
    let (card, rows) = try load(folder.path(kind.rawValue))
    #expect(rows.keys.sorted() == ([""] + DatasetFormat.allCases.map(\.rawValue)).sorted())
    for sides in rows.values {
      #expect(sides["train"]?.count == dataset.train.count && sides["test"]?.count == dataset.test.count)
    }
    #expect(rows[""]?["train"]?.map { $0["id"] as? String } == dataset.train.map(\.id.uuidString))
    #expect(rows["parquet"]?["train"]?.first?["system"] as? String == "You are: Ada.\n\"Yes\"")
    #expect(rows["parquet"]?["train"]?.first?["verbatim"] as? Bool == true)
    #expect(
      rows["alpaca"]?["test"]?.map { $0[kind == .instruction ? "output" : "chosen"] as? String }
        == dataset.test.map(\.answer))
    #expect(card["license"] as? String == "cc-by-4.0" && card["pretty_name"] as? String == "Ada's \"engines\": a set")
    #expect(card["size_categories"] as? [String] == ["n<1K"] && card["language"] as? [String] == ["en"])
    #expect(card["train_on"] as? String == "answers")
  }

  @Test func `without Parquet every format has a configuration, and the first is loaded`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(.instruction)
    let formats = DatasetFormat.allCases.filter { $0 != .parquet }
    _ = try DatasetWriter(output: folder.url.path, formats: formats).write(dataset)
    let (card, rows) = try load(folder.path("instruction"))
    let names = try #require(card["configs"] as? [[String: Any]]).compactMap { $0["config_name"] as? String }
    #expect(names == formats.map(\.rawValue))
    #expect(rows[""]?["train"]?.map { $0["output"] as? String } == dataset.train.map(\.answer))
    let messages = try #require(rows["messages"]?["test"]?.first?["messages"] as? [[String: String]])
    #expect(messages.map { $0["role"] } == ["user", "assistant"])
  }

  @Test func `categories that are kept apart have files and names of their own, and a test side each`() throws {
    let folder = try TemporaryFolder()
    let apart = try dataset(.instruction, others: .posts) { $0.separatesCategories = true }
    let tested = Dictionary(grouping: apart.test, by: \.provenance.category).mapValues(\.count)
    // There is but one article.
    #expect(tested.keys.sorted() == [.posts])
    #expect(Set(apart.train.map(\.provenance.category)) == [.articles, .posts])
    let writer = DatasetWriter(output: folder.url.path, formats: [.alpaca, .parquet])
    let first = try writer.write(apart)
    #expect(first.changed.contains { $0.hasSuffix("/alpaca.posts.test.jsonl") })
    #expect(!first.changed.contains { $0.hasSuffix("/alpaca.train.jsonl") || $0.hasSuffix("/train.parquet") })
    let (card, rows) = try load(folder.path("instruction"))
    let names = try #require(card["configs"] as? [[String: Any]]).compactMap { $0["config_name"] as? String }
    #expect(names == ["parquet", "parquet-posts", "parquet-articles"].sorted())
    #expect(rows[""]?["train"]?.count == apart.train.count && rows[""]?["test"]?.count == apart.test.count)
    let posts = apart.train.filter { $0.provenance.category == .posts }
    #expect(rows["parquet-posts"]?["train"]?.map { $0["id"] as? String } == posts.map(\.id.uuidString))
    #expect(rows["parquet-articles"]?["test"] == nil)
    let reread = try WrittenDataset(folder: folder.url.appending(path: "instruction"))
    #expect(reread.dataset.settings.separatesCategories && reread.formats == [.alpaca, .parquet])
    // The same set in one file each takes the place of the others.
    let together = try dataset(.instruction, others: .posts)
    let second = try writer.write(together)
    #expect(second.removed.contains { $0.hasSuffix("/alpaca.posts.test.jsonl") })
    #expect(second.changed.contains { $0.hasSuffix("/alpaca.train.jsonl") })
  }

  @Test func `what each gate looked at is what the gates before it let through`() throws {
    let dataset = try dataset(.instruction) { $0.gates.excludedKeywords = ["zone rows"] }
    let made = dataset.rejected.count { $0.sample != nil } + dataset.samples.count
    #expect(dataset.gates.first == GateCount(gate: "schema", lookedAt: made, leftOut: 0))
    for (before, after) in zip(dataset.gates, dataset.gates.dropFirst()) {
      #expect(after.lookedAt == before.lookedAt - before.leftOut)
    }
    let keywords = try #require(dataset.gates.first { $0.gate == "keywords" })
    #expect(keywords.leftOut == dataset.rejectionCounts["keyword"] && keywords.leftOut > 0)
    let last = try #require(dataset.gates.last)
    #expect(last.gate == "duplicates" && last.lookedAt - last.leftOut == dataset.samples.count)
    // Gates that had nothing to look for did not look.
    #expect(!dataset.gates.contains { ["judge", "contamination", "preference"].contains($0.gate) })
  }

  @Test func `the card tells the counts, the size among others, and what was left out`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(.instruction) { $0.gates.excludedKeywords = ["zone rows"] }
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset)
    let card = try String(contentsOfFile: folder.path("instruction/README.md"), encoding: .utf8)
    #expect(card.contains("| train | \(dataset.train.count) |"))
    #expect(
      card.contains("100 to 100,000 samples") && card.contains("about 1,000,000") && card.contains("fewer than either"))
    #expect(dataset.rejectionCounts["keyword"] != nil)
    for (rule, count) in dataset.rejectionCounts { #expect(card.contains("| \(rule) | \(count) |")) }
    #expect(!card.contains("license:") && card.contains("![answer length](answer-length.svg)"))
    #expect(card.contains("## Style"))
  }

  @Test func `pictures are XML with a bar for each class, readable in light and dark`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(.instruction)
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset)
    let picture = folder.path("instruction/answer-length.svg")
    let text = try String(contentsOfFile: picture, encoding: .utf8)
    #expect(text.contains("prefers-color-scheme:dark"))
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.parse(sys.argv[1]).getroot()
      bars = [bar for bar in root.iter("{http://www.w3.org/2000/svg}rect") if bar.get("class") == "bar"]
      counts = [int(bar[0].text.split(": ")[1]) for bar in bars]
      print(sum(counts), all(float(bar.get("height")) > 0 for bar in bars))
      """
    let result = try runBlocking(testPython, ["-c", script, picture])
    #expect(result.output == "\(dataset.samples.count) True\n", "\(result)")
  }

  @Test func `hostile names and links stay text`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(.instruction) { $0.name = "---\nlicense: mit\n# x | <script>" }
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset)
    let (card, _) = try load(folder.path("instruction"))
    #expect(card["license"] == nil && card["pretty_name"] as? String == "---\nlicense: mit\n# x | <script>")
    let text = try String(contentsOfFile: folder.path("instruction/README.md"), encoding: .utf8)
    #expect(!text.contains("\n# x | <script>"))
  }
}
