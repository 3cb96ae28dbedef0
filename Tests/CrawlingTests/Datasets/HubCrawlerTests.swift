import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A dataset on the Hub` {
  let folder: TemporaryFolder
  let server: ToldServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try ToldServer("hub_server.py", file: "datasets.json")
  }

  private func crawl(
    _ location: String = "hf://datasets/ada/gears", token: String? = nil, limits: CrawlLimits = CrawlLimits(),
    memory: TestMemory? = nil
  ) async throws -> CrawlOutcome {
    var context = context(folder, attempts: 2, limits: limits)
    context.hubToken = token
    return try await HubCrawler(hub: HubInterface(root: server.origin, rows: server.origin)).crawl(
      CrawlSource(location), author: ada, context: context, remembering: memory ?? self.memory)
  }

  private func tell(_ dataset: String, also: String = "") throws {
    try server.tell(#"{"datasets": {"ada/gears": {\#(dataset)}}\#(also)}"#)
  }

  private let rows = #""a.jsonl": "{\"id\": 1, \"text\": \"one\"}\n", "data/b.csv": "id,text\n1,two\n""#

  @Test func `is read from its files, and not at all while its commit is the same`() async throws {
    try tell(#""sha": "c1", "files": {"README.md": "x", "x.parquet": "x", "config.json": "{\"a\": 1}", \#(rows)}"#)
    let first = try await crawl()
    #expect(first.documents.map(\.text).sorted() == ["one", "two"] && first.failures.isEmpty)
    #expect(first.isExhaustive && first.documents.allSatisfy { $0.platform == "huggingface" })
    #expect(
      Set(first.documents.map(\.link)) == [
        "https://huggingface.co/datasets/ada/gears/blob/main/a.jsonl#1",
        "https://huggingface.co/datasets/ada/gears/blob/main/data/b.csv#1",
      ])
    try server.forget()
    let writes = await memory.writes
    #expect(try await crawl() == .unchanged)
    #expect(try server.requests().map(\.status) == [304])
    #expect(await memory.writes == writes)
  }

  @Test func `gives of a new commit what changed, and knows what is gone`() async throws {
    try tell(#""sha": "c1", "files": {\#(rows)}"#)
    _ = try await crawl()
    try tell(
      #""sha": "c2", "files": {"a.jsonl": "{\"id\": 2, \"text\": \"three\"}\n", "data/b.csv": "id,text\n1,two\n"}"#)
    try server.forget()
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.text) == ["three"])
    #expect(outcome.unchanged == ["https://huggingface.co/datasets/ada/gears/blob/main/data/b.csv#1"])
    #expect(outcome.isExhaustive, "row 1 of the first file is gone")
    #expect(try server.requests().map(\.status).sorted() == [200, 200, 304])
  }

  @Test func `is read again as a whole after a failure`() async throws {
    try tell(#""sha": "c1", "files": {"a.jsonl": "{\"id\": 1, \"text\": \"one\"}\n{\n"}"#)
    for _ in 0..<2 {
      let outcome = try await crawl()
      #expect(outcome.documents.map(\.text) == ["one"] && outcome.failures.count == 1 && !outcome.isExhaustive)
    }
  }

  @Test func `of Parquet is read row by row through the viewer, up to a limit`() async throws {
    let rows = (0..<150).map { #"{"id": \#($0), "text": "row \#($0)"}"# }.joined(separator: ", ")
    let cut =
      #"{"row": {"id": 1, "text": "beg"}, "truncated": ["text"]}, {"row": {"id": 2, "text": "a"}, "truncated": ["x"]}"#
    try tell(
      #""sha": "c1", "files": {"x.parquet": "x"}, "splits": {"default/train": [\#(rows)], "default/test": [\#(cut)]}"#)
    let outcome = try await crawl()
    #expect(outcome.documents.count == 151 && outcome.failures.count == 1)
    #expect(outcome.failures.first?.message == "row 0: the Hub gives only the beginning of it")
    #expect(outcome.documents[0].link == "https://huggingface.co/datasets/ada/gears/viewer/default/train#0")
    let other = TestMemory()
    #expect(try await crawl("hf://datasets/ada/gears/default/test", memory: other).documents.map(\.text) == ["a"])
    var limits = CrawlLimits()
    limits.dataset.servedRows = 120
    let limited = try await crawl("hf://datasets/ada/gears/default/train", limits: limits, memory: TestMemory())
    #expect(limited.documents.count == 120 && !limited.isExhaustive)
    #expect(limited.skipped.map(\.reason) == ["the dataset has more than 120 rows"])
  }

  @Test func `is asked for with a token that the hosts of its files do not get`() async throws {
    let storage = try ToldServer("hub_server.py", file: "datasets.json")
    try storage.tell(#"{"stored": {"a.jsonl": "{\"text\": \"one\"}\n"}}"#)
    let told = #", "token": "t", "storage": "\#(storage.origin)/stored""#
    try tell(#""sha": "c1", "private": true, "files": {"a.jsonl": "elsewhere"}"#, also: told)
    let refused = try await crawl()
    #expect(refused.documents.isEmpty)
    #expect(refused.failures.map(\.message).first?.contains("set HF_TOKEN if it is private") == true)
    let outcome = try await crawl("hf://datasets/ada/gears", token: "t")
    #expect(outcome.documents.map(\.text) == ["one"], "\(outcome)")
    #expect(try server.requests().suffix(2).allSatisfy { $0.authorization == "Bearer t" })
    #expect(try storage.requests().map(\.authorization) == [nil])
  }

  @Test func `that is gated says so`() async throws {
    try tell(#""sha": "c1", "gated": true, "files": {\#(rows)}"#, also: #", "token": "t""#)
    let outcome = try await crawl()
    #expect(outcome.failures.count == 2 && !outcome.isExhaustive)
    #expect(outcome.failures.allSatisfy { $0.message.contains("accept them on the page") })
  }

  @Test(arguments: [
    "hf://datasets/", "hf://datasets", "hf://models/ada/x", "hf:ada/x", "hf://datasets/ada/..",
    "hf://datasets/a/b/c/d/e",
    "hf://datasets/a%2Fb/c", "hf://datasets/ada/x?y",
  ])
  func `is named by hf and its name`(location: String) async {
    let message = await crawlError { _ = try await crawl(location) }
    #expect(message.contains("it names no dataset"))
  }

  @Test func `may be of one configuration and split`() throws {
    let dataset = try HubDataset(CrawlSource("hf://datasets/ada/gears/en/train"))
    #expect(dataset.name == "ada/gears" && dataset.configuration == "en" && dataset.split == "train")
    #expect(dataset.wants(file: "en/train-00000.jsonl") && dataset.wants(file: "data/en_train.csv"))
    #expect(!dataset.wants(file: "en/test.jsonl") && !dataset.wants(file: "de/train.jsonl"))
    #expect(try HubDataset(CrawlSource("hf://datasets/squad")).name == "squad")
  }
}
