import Dataset
import Domain
import Foundation
import TestSupport
import Testing

struct DatasetRemovalTests {
  private let looms = "https://example.org/looms"

  private func dataset() throws -> BuiltDataset {
    let other =
      "## Looms\n\nLooms weave patterns that cards describe, and the cards are punched by people who never "
      + "see the loom. The pattern is the program, and the thread is the data that flows through it without "
      + "end."
    let third = other.replacing("Looms", with: "Mills").replacing("loom", with: "mill").replacing(
      "weave", with: "grind")
    let documents = [
      document(article), document(other, link: looms), document(third, link: "https://example.org/mills"),
    ]
    return try buildDataset(
      from: documents.flatMap { extracts(of: $0) }.map(ExtractiveGenerator().samples).map {
        gated($0, by: GateSettings())
      }, settings: DatasetSettings(testSplit: 0.4))
  }

  /// Every file of the set.
  private func files(_ folder: TemporaryFolder) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("instruction")) {
      files[name] = try Data(contentsOf: folder.url.appending(path: "instruction/\(name)"))
    }
    return files
  }

  private func removal(of link: String, in folder: TemporaryFolder) throws -> DatasetRemoval {
    try #require(try DatasetRemoval(.instruction, in: folder.url.path) { _, found, _ in found == link })
  }

  @Test func `what stays is what the set would be without the document`() throws {
    let (folder, expected) = (try TemporaryFolder(), try TemporaryFolder())
    let whole = try dataset()
    _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(whole)
    let removal = try removal(of: looms, in: folder)
    let gone = (whole.train + whole.test).count { $0.provenance.link == looms }
    #expect(gone > 0 && removal.report.samples == gone)
    try removal.perform()

    var rest = whole
    rest.train.removeAll { $0.provenance.link == looms }
    rest.test.removeAll { $0.provenance.link == looms }
    rest.rejected.removeAll { $0.link == looms }
    let kept = Set(rest.samples.map(\.id.uuidString))
    rest.scores = rest.scores.filter { kept.contains($0.key) }
    rest.clusters = nil
    rest.gates = []
    _ = try DatasetWriter(output: expected.url.path, formats: DatasetFormat.allCases).write(rest)
    let (found, wanted) = (try files(folder), try files(expected))
    #expect(found.keys.sorted() == wanted.keys.sorted())
    for (name, text) in wanted { #expect(found[name] == text, "\(name)") }
    #expect(found.values.allSatisfy { $0.range(of: Data(looms.utf8)) == nil })
    #expect(try self.removal(of: looms, in: folder).report.samples == 0)
  }

  @Test func `a removal that was interrupted after any file is completed by the next one`() throws {
    let whole = try dataset()
    let (before, after) = (try TemporaryFolder(), try TemporaryFolder())
    for folder in [before, after] {
      _ = try DatasetWriter(output: folder.url.path, formats: DatasetFormat.allCases).write(whole)
    }
    try removal(of: looms, in: after).perform()
    let (old, new) = (try files(before), try files(after))
    let order = old.keys.filter { $0 != "provenance.jsonl" }.sorted()
    for done in 0...order.count {
      let folder = try TemporaryFolder()
      for (place, name) in order.enumerated() {
        guard let bytes = place < done ? new[name] : old[name] else { continue }
        try folder.write("", to: "instruction/\(name)")
        try bytes.write(to: folder.url.appending(path: "instruction/\(name)"))
      }
      try #require(old["provenance.jsonl"]).write(to: folder.url.appending(path: "instruction/provenance.jsonl"))
      try removal(of: looms, in: folder).perform()
      #expect(try files(folder) == new, "after \(done) files")
    }
  }

  @Test func `rejections go by the name of their author`() throws {
    let folder = try TemporaryFolder()
    var whole = try dataset()
    let sample = try #require(whole.train.first)
    whole.rejected.append(Rejection(sample, Finding("duplicate_answer", "another one has it")))
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(whole)
    let removal = try #require(
      try DatasetRemoval(.instruction, in: folder.url.path) { _, _, author in author == "Ada Example" })
    #expect(removal.report.rejections == whole.rejected.count && removal.unattributed == 0)
    try removal.perform()
    #expect(try files(folder)["rejected.jsonl"] == Data())
  }

  @Test func `rejections of an earlier version are found by the samples, and the others counted`() throws {
    let folder = try TemporaryFolder()
    let whole = try dataset()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(whole)
    let sample = try #require(whole.train.first)
    func line(_ document: Identifier, _ link: String) -> String {
      #"{"detail":"d","document_id":"\#(document)","end":9,"link":"\#(link)","rule":"no_instruction","start":0}"# + "\n"
    }
    try folder.write(
      line(sample.provenance.documentID, sample.provenance.link) + line(Identifier("document", ["gone"]), "gone"),
      to: "instruction/rejected.jsonl")
    let removal = try #require(
      try DatasetRemoval(.instruction, in: folder.url.path) { _, _, author in author == "Ada Example" })
    #expect(removal.documents[sample.provenance.documentID] == sample.provenance.link)
    #expect(removal.unattributed == 1 && removal.report.rejections == 0)
  }

  @Test func `a document that the set does not have changes nothing`() throws {
    let folder = try TemporaryFolder()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(try dataset())
    let before = try files(folder)
    try removal(of: "https://example.org/none", in: folder).perform()
    #expect(try files(folder) == before)
  }

  @Test func `a prompt of examples goes when anything goes`() throws {
    let folder = try TemporaryFolder()
    let whole = try dataset()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(whole)
    let file = try FewShotPrompt(of: whole, count: 2).write(.instruction, output: folder.url.path)
    try removal(of: "https://example.org/none", in: folder).perform()
    #expect(FileManager.default.fileExists(atPath: file.path))
    try removal(of: looms, in: folder).perform()
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test func `all rows gone leave no file of rows`() throws {
    let folder = try TemporaryFolder()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca, .messages]).write(try dataset())
    let removal = try #require(try DatasetRemoval(.instruction, in: folder.url.path) { _, _, _ in true })
    try removal.perform()
    let files = try files(folder)
    #expect(files.keys.sorted() == ["README.md", "dataset.json", "provenance.jsonl", "rejected.jsonl"])
    #expect(files["provenance.jsonl"] == Data() && files["rejected.jsonl"] == Data())
  }

  @Test func `files that do not belong together are an error and stay`() throws {
    let folder = try TemporaryFolder()
    _ = try DatasetWriter(output: folder.url.path, formats: [.alpaca]).write(try dataset())
    let path = folder.path("instruction/alpaca.train.jsonl")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try folder.write(text + text + text + text, to: "instruction/alpaca.train.jsonl")
    let removal = try #require(try DatasetRemoval(.instruction, in: folder.url.path) { _, _, _ in true })
    let error = #expect(throws: DatasetError.self) { try removal.perform() }
    #expect(error?.description.contains("provenance.jsonl knows") == true)
    try FileManager.default.removeItem(atPath: folder.path("instruction/provenance.jsonl"))
    #expect(throws: DatasetError.self) { try self.removal(of: looms, in: folder) }
    #expect(try DatasetRemoval(.preference, in: folder.url.path) { _, _, _ in true } == nil)
  }
}
