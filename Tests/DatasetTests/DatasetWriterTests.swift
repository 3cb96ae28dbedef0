import Dataset
import Domain
import Foundation
import TestSupport
import Testing

struct DatasetWriterTests {
  private func dataset() throws -> BuiltDataset {
    let other =
      "## Looms\n\nLooms weave patterns that cards describe, and the cards are punched by people who never "
      + "see the loom. The pattern is the program, and the thread is the data that flows through it without "
      + "end."
    let outcomes = [document(article), document(other, link: "https://example.org/looms", title: "On Looms")].flatMap {
      extracts(of: $0)
    }
    .map(ExtractiveGenerator().samples)
    return try buildDataset(
      from: outcomes.map { gated($0, by: GateSettings()) }, settings: DatasetSettings(testSplit: 0.5))
  }

  private func rows(_ path: String) throws -> [[String: Any]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `every format has a file for each side, with one row for each sample`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset()
    let report = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(dataset)
    #expect(report.changed.count == 19 && report.unchanged.isEmpty && report.removed.isEmpty)
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
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(try dataset())
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction")).sorted()
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: folder.url.path, formats: []).write(try dataset())
    }
    #expect(error?.description.contains("`dataset.formats` must be one or more of alpaca") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction")).sorted() == before)
  }

  @Test func `a folder that cannot be made is said to be so in the system's words`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: file, formats: [.alpaca]).write(try dataset())
    }
    #expect(error?.description.contains(": not a directory. The set") == true, "\(error?.description ?? "")")
  }

  @Test func `an unchanged set writes nothing and a changed one only what changed`() throws {
    let folder = try TemporaryFolder()
    let writer = DatasetWriter(output: folder.url.path, formats: [.alpaca])
    var dataset = try dataset()
    _ = try writer.write(dataset)
    let card = folder.path("instruction/README.md")
    let before = try FileManager.default.attributesOfItem(atPath: card)[.systemFileNumber] as? Int
    #expect(try writer.write(dataset).changed.isEmpty)
    let after = try FileManager.default.attributesOfItem(atPath: card)[.systemFileNumber] as? Int
    #expect(before != nil && after == before)
    let gone = Set(dataset.test.map(\.id.uuidString))
    dataset.test.removeAll()
    dataset.scores = dataset.scores.filter { !gone.contains($0.key) }
    let report = try writer.write(dataset)
    #expect(report.removed.map { $0.split(separator: "/").last } == ["alpaca.test.jsonl"])
    let changed = report.changed.compactMap { $0.split(separator: "/").last }
    #expect(["README.md", "dataset.json", "provenance.jsonl"].allSatisfy { changed.contains($0[...]) })
    #expect(!changed.contains("rejected.jsonl") && !changed.contains("alpaca.train.jsonl"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction"))
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func `a folder that cannot be written is named, and what stood there stays`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "instruction")
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(try dataset())
    }
    #expect(error?.description.contains(folder.path("instruction")) == true)
  }

  @Test func `preferences are written in every format`() throws {
    let folder = try TemporaryFolder()
    let provenance = try #require(try dataset().train.first?.provenance)
    let sample = PreferenceSample(prompt: "Ask", chosen: "Mine.", rejected: "Theirs.", provenance: provenance, index: 0)
    let set = BuiltDataset(
      settings: DatasetSettings(kind: .preference), train: [.preference(sample)], test: [], rejected: [])
    _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(set)
    let handbook = try #require(try rows(folder.path("preference/handbook.train.jsonl")).first as? [String: String])
    #expect(handbook == ["prompt": "Ask", "chosen": "Mine.", "rejected": "Theirs."])
    let chatml = try #require(try rows(folder.path("preference/chatml.train.jsonl")).first as? [String: String])
    #expect(chatml["prompt"] == "<|im_start|>user\nAsk<|im_end|>\n<|im_start|>assistant\n")
    #expect(chatml["chosen"] == "Mine.<|im_end|>\n" && chatml["rejected"] == "Theirs.<|im_end|>\n")
    let messages = try #require(
      try rows(folder.path("preference/messages.train.jsonl")).first as? [String: [[String: String]]])
    #expect(messages["rejected"] == [["role": "assistant", "content": "Theirs."]])
  }

  @Test func `a system message is in every format that has a place for it`() throws {
    let folder = try TemporaryFolder()
    var dataset = try dataset()
    dataset.test = []
    dataset.train = dataset.train.prefix(1).map {
      var sample = $0
      sample.system = "You are Ada."
      return sample
    }
    dataset.settings.system = "You are Ada."
    _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(dataset)
    let sample = try #require(dataset.train.first)
    func row(_ format: String) throws -> [String: Any] {
      try #require(try rows(folder.path("instruction/\(format).train.jsonl")).first)
    }
    #expect(try row("alpaca")["system"] as? String == "You are Ada.")
    #expect(try (row("messages")["messages"] as? [[String: String]])?.first?["role"] == "system")
    #expect(try (row("sharegpt")["conversations"] as? [[String: String]])?.first?["value"] == "You are Ada.")
    let wanted =
      "<|im_start|>system\nYou are Ada.<|im_end|>\n<|im_start|>user\n\(sample.instruction)<|im_end|>\n"
      + "<|im_start|>assistant\n\(sample.answer)<|im_end|>\n"
    #expect(try row("chatml")["text"] as? String == wanted)
    let card = try String(contentsOfFile: folder.path("instruction/README.md"), encoding: .utf8)
    #expect(card.contains("train_on: answers") && card.contains("> You are Ada."))
    let description = try #require(
      try rows(folder.path("instruction/dataset.json")).first?["settings"] as? [String: Any])
    #expect(description["train_on"] as? String == "answers" && description["system"] as? String == "You are Ada.")
  }

  @Test func `a set whose sides share something is not written, whatever made it`() throws {
    let folder = try TemporaryFolder()
    var dataset = try dataset()
    dataset.test.append(try #require(dataset.train.first))
    let error = #expect(throws: DatasetError.self) {
      try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(dataset)
    }
    #expect(error?.description.contains("the document https://example.org/") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path("instruction")))
  }

  @Test func `what was written is read again as it was`() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca, .parquet]).write(dataset)
    let read = try WrittenDataset(folder: folder.url.appending(path: "instruction"))
    #expect(read.dataset == dataset && read.formats == [.alpaca, .parquet])
    #expect(throws: DatasetError.noSet(path: folder.path("preference"))) {
      try WrittenDataset(folder: folder.url.appending(path: "preference"))
    }
  }
}
