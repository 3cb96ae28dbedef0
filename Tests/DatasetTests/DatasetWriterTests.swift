import Dataset
import Domain
import Foundation
import TestSupport
import Testing

struct DatasetWriterTests {
  private func dataset() -> BuiltDataset {
    let other =
      "## Looms\n\nLooms weave patterns that cards describe, and the cards are punched by people who never "
      + "see the loom. The pattern is the program, and the thread is the data that flows through it without "
      + "end."
    let outcomes = [document(article), document(other, link: "https://example.org/looms", title: "On Looms")].flatMap {
      extracts(of: $0)
    }
    .map(ExtractiveGenerator().samples)
    return buildDataset(.instruction, from: outcomes, testSplit: 0.5)
  }

  private func rows(_ path: String) throws -> [[String: Any]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `every format has a file for each side, with one row for each sample`() throws {
    let folder = try TemporaryFolder()
    let dataset = dataset()
    let report = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(dataset)
    #expect(report.changed.count == 11 && report.unchanged.isEmpty && report.removed.isEmpty)
    for (side, samples) in [("train", dataset.train), ("test", dataset.test)] {
      let alpaca = try rows(folder.path("instruction/alpaca.\(side).jsonl"))
      #expect(alpaca.map { $0["instruction"] as? String } == samples.map(\.instruction))
      #expect(alpaca.allSatisfy { $0["input"] as? String == "" && $0.count == 3 })
      let handbook = try rows(folder.path("instruction/handbook.\(side).jsonl"))
      #expect(handbook.map { $0["output"] as? String } == samples.map(\.answer))
      let messages = try rows(folder.path("instruction/messages.\(side).jsonl"))
      let first = try #require(messages.first?["messages"] as? [[String: String]])
      #expect(first.map { $0["role"] } == ["user", "assistant"])
      let sharegpt = try rows(folder.path("instruction/sharegpt.\(side).jsonl"))
      let turns = try #require(sharegpt.first?["conversations"] as? [[String: String]])
      #expect(turns.map { $0["from"] } == ["human", "gpt"] && turns.last?["value"] == samples.first?.answer)
    }
    let origins = try rows(folder.path("instruction/provenance.jsonl"))
    #expect(origins.map { $0["id"] as? String } == (dataset.train + dataset.test).map(\.id.uuidString))
    #expect(try rows(folder.path("instruction/rejected.jsonl")).count == dataset.rejected.count)
  }

  @Test func `without formats nothing is touched`() throws {
    let folder = try TemporaryFolder()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset())
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction")).sorted()
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: folder.url.path, formats: []).write(dataset())
    }
    #expect(error?.description.contains("`dataset.formats` must be one or more of alpaca") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction")).sorted() == before)
  }

  @Test func `a folder that cannot be made is said to be so in the system's words`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: file, formats: [.alpaca]).write(dataset())
    }
    #expect(error?.description.contains(": not a directory. The set") == true, "\(error?.description ?? "")")
  }

  @Test func `an unchanged set writes nothing and a changed one only what changed`() throws {
    let folder = try TemporaryFolder()
    let writer = DatasetWriter(output: folder.url.path, formats: [.alpaca])
    var dataset = dataset()
    _ = try writer.write(dataset)
    let card = folder.path("instruction/README.md")
    let before = try FileManager.default.attributesOfItem(atPath: card)[.systemFileNumber] as? Int
    #expect(try writer.write(dataset).changed.isEmpty)
    let after = try FileManager.default.attributesOfItem(atPath: card)[.systemFileNumber] as? Int
    #expect(before != nil && after == before)
    dataset.test.removeAll()
    let report = try writer.write(dataset)
    #expect(report.removed.map { $0.split(separator: "/").last } == ["alpaca.test.jsonl"])
    #expect(report.changed.map { $0.split(separator: "/").last } == ["README.md", "provenance.jsonl"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction"))
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func `a folder that cannot be written is named, and what stood there stays`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "instruction")
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset())
    }
    #expect(error?.description.contains(folder.path("instruction")) == true)
  }

  @Test func `preferences are written in every format`() throws {
    let folder = try TemporaryFolder()
    let provenance = try #require(dataset().train.first?.provenance)
    let sample = PreferenceSample(prompt: "Ask", chosen: "Mine.", rejected: "Theirs.", provenance: provenance, index: 0)
    let set = BuiltDataset(kind: .preference, train: [.preference(sample)], test: [], rejected: [])
    _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(set)
    let handbook = try #require(try rows(folder.path("preference/handbook.train.jsonl")).first as? [String: String])
    #expect(handbook == ["prompt": "Ask", "chosen": "Mine.", "rejected": "Theirs."])
    let messages = try #require(
      try rows(folder.path("preference/messages.train.jsonl")).first as? [String: [[String: String]]])
    #expect(messages["rejected"] == [["role": "assistant", "content": "Theirs."]])
  }
}
