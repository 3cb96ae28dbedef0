import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Two authors, one of whom is deleted.
@Suite struct DeletionTests {
  let folder: TemporaryFolder
  let stores: Stores

  init() throws {
    folder = try TemporaryFolder()
    for (author, topics) in [("ada", ["Looms", "Spindles", "Shuttles"]), ("bob", ["Mills", "Wheels", "Sails"])] {
      for (index, topic) in topics.enumerated() {
        try folder.write(note(on: topic, by: author), to: "\(author)/\(index + 1).md")
      }
    }
    stores = try folder.stores(
      """
      authors:
        - {name: Ada Example, sources: [ada]}
        - {name: Bob Builder, sources: [bob]}
      embedding: {model: hash}
      dataset: {formats: [alpaca, messages]}
      """)
  }

  private func runAll() async throws {
    for pipeline in PipelineName.allCases {
      let record = try await PipelineRunner(stores).run(pipeline)
      #expect([.succeeded, .unchanged].contains(record.status), "\(pipeline): \(record.failures)")
    }
  }

  private func rows() throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("data/datasets/instruction"))
    where name.hasSuffix(".jsonl") {
      let text = try String(contentsOfFile: folder.path("data/datasets/instruction/\(name)"), encoding: .utf8)
      rows[name] = text.split(separator: "\n").count
      #expect(!text.contains("zygotic"), "\(name)")
    }
    return rows
  }

  @Test func `all of a person goes, and all of the others stays`() async throws {
    try await runAll()
    let deletion = Deletion(stores)
    let preview = try await deletion.preview(.author("ada example"))
    let report = try await deletion.perform(.author("ada example"))
    #expect(preview.places == report.places)
    #expect(report.places.first { $0.place == "warehouse.articles" }?.count == 3)
    #expect(report.places.first { $0.place == "warehouse.users" }?.count == 1)
    #expect(report.places.first { $0.place == "vectors" && $0.what == "document" }?.count == 3)
    #expect(report.places.contains { $0.place == "dataset" && $0.what == "sample" && $0.count > 0 })
    #expect(report.notices.first?.contains(folder.path("ada")) == true)

    let warehouse = try await stores.warehouse()
    #expect(try await warehouse.users().map(\.fullName) == ["Bob Builder"])
    #expect(try await warehouse.collection(.articles).count() == 3)
    let authors = try await stores.vectors().statistics().collections.flatMap(\.authors).map(\.name)
    #expect(Set(authors) == ["Bob Builder"])
    let rows = try rows()
    let provenance = try #require(rows["provenance.jsonl"])
    #expect(provenance > 0)
    for format in ["alpaca", "messages"] {
      #expect((rows["\(format).train.jsonl"] ?? 0) + (rows["\(format).test.jsonl"] ?? 0) == provenance)
    }
    for run in stores.configuration.runStore.list().runs {
      let text = String(decoding: try run.json(), as: UTF8.self)
      #expect(!text.contains("Ada Example"), "\(run.pipeline)")
    }
    let error = await #expect(throws: PipelineError.self) { try await deletion.perform(.author("Ada Example")) }
    #expect(error?.description.contains("or no longer") == true)
    let near = await #expect(throws: PipelineError.self) { try await deletion.perform(.author("Bob Bilder")) }
    #expect(near?.description.contains("did you mean Bob Builder?") == true)

    // The sources that are still configured bring their documents back, and the rest is as it was.
    try FileManager.default.removeItem(atPath: folder.path("ada"))
    let bob = PipelineRunner(
      try folder.stores("author: Bob Builder\nsources: [bob]\nembedding: {model: hash}\n", file: "bob.yaml"))
    #expect(try await bob.run(.etl).status == .unchanged)
    #expect(try await bob.run(.features).status != .failed)
    #expect(try await bob.run(.dataset).status != .failed)
    #expect(try self.rows()["provenance.jsonl"] == provenance)
  }

  @Test func `one document goes by its link, and nothing else`() async throws {
    try await runAll()
    let warehouse = try await stores.warehouse()
    let links = try await warehouse.collection(.articles).distinct(.link)
    let link = try #require(links.first { $0.hasSuffix("ada/2.md") })
    let report = try await Deletion(stores).perform(.link(link))
    #expect(report.places.first { $0.place == "warehouse.articles" }?.count == 1)
    #expect(!report.places.contains { $0.place == "warehouse.users" })
    #expect(try await warehouse.document(link: link) == nil)
    #expect(try await warehouse.collection(.articles).count() == 5)
    let left = try await stores.vectors().statistics().collections.first { $0.name == "cleaned_articles" }
    #expect(left?.count == 5)
    let provenance = try String(
      contentsOfFile: folder.path("data/datasets/instruction/provenance.jsonl"), encoding: .utf8)
    #expect(!provenance.contains("ada/2.md") && provenance.contains("ada/1.md"))
    let near = await #expect(throws: PipelineError.self) { try await Deletion(stores).perform(.link(links[0] + "x")) }
    #expect(near?.description.contains("did you mean \(links[0])?") == true)
  }

  @Test func `it says what would go and touches nothing`() async throws {
    try await runAll()
    let before = try files()
    _ = try await Deletion(stores).preview(.author("Ada Example"))
    #expect(try files() == before)
  }

  @Test func `it waits for no run, and no run can begin meanwhile`() async throws {
    try await runAll()
    for pipeline in ["etl", "features", "dataset", "warehouse.import"] {
      try await PipelineRunner(stores).lock(of: pipeline).hold {
        let error = await #expect(throws: DataflowError.self) {
          try await Deletion(stores).perform(.author("Ada Example"))
        }
        #expect(error?.description.contains(pipeline) == true)
      }
    }
    #expect(try await stores.warehouse().user(named: "Ada Example") != nil)
  }

  @Test func `rows that were not imported go if they name the person`() async throws {
    try await runAll()
    let path = try folder.write(
      #"{"_id":"1","author_full_name":"Ada Example","content":5}"# + "\n"
        + #"{"_id":"2","author_full_name":"Bob Builder","content":5}"#, to: "articles.jsonl")
    let imported = try await PipelineRunner(stores).importFiles([path])
    #expect(imported.reports.map(\.failed) == [2])
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    #expect(report.places.first { $0.place == "imports" }?.count == 1)
    #expect(report.places.first { $0.place == "quarantine" }?.count == 1)
    #expect(stores.configuration.quarantine.list().compactMap(\.item) == ["\(path):2"])
    #expect(stores.configuration.importShelf.rows().map(\.item) == ["\(path):2"])
  }

  @Test func `who is known only from rows that were not imported is deleted all the same`() async throws {
    try await runAll()
    let path = try folder.write(
      (1...2).map {
        #"{"_id":"\#($0)","author_id":"g","author_full_name":"Greta Secretname","link":"https://secretlink.org/a\#($0)"}"#
      }.joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await PipelineRunner(stores).importFiles([path]).reports.map(\.failed) == [2])
    let shelf = stores.configuration.importShelf
    let near = await #expect(throws: PipelineError.self) {
      try await Deletion(stores).perform(.author("Greta Secretnam"))
    }
    #expect(near?.description.contains("did you mean Greta Secretname?") == true)
    let one = try await Deletion(stores).perform(.link("https://secretlink.org/a1"))
    #expect(one.places.first { $0.place == "imports" }?.count == 1)
    #expect(shelf.rows().map(\.item) == ["\(path):2"])
    let report = try await Deletion(stores).perform(.author("greta secretname"))
    #expect(report.places.first { $0.place == "imports" }?.count == 1)
    #expect(shelf.rows().isEmpty && stores.configuration.quarantine.list().isEmpty)
    for (name, content) in try files() where name.hasPrefix("data/runs/") {
      let text = String(decoding: content, as: UTF8.self)
      #expect(!text.contains("Secretname") && !text.contains("secretlink"), "\(name)")
    }
    for subject in [DeletionSubject.author("Greta Secretname"), .link("https://secretlink.org/a1")] {
      await #expect(throws: PipelineError.self) { try await Deletion(stores).perform(subject) }
    }
  }

  @Test func `documents of one's own collections go if they say whose they are`() async throws {
    try await runAll()
    let ada = User(fullName: "Ada Example").id
    let path = try folder.write(
      [
        #"{"_id":"1","author_full_name":"ada EXAMPLE","link":"https://a.org/1"}"#,
        #"{"_id":"2","author_id":"\#(ada)"}"#,
        #"{"_id":"3","author_full_name":"Bob Builder","text":"by Ada Example"}"#,
        #"{"_id":"4","author_full_name":"Bob Builder","link":"https://a.org/4"}"#,
        #"{"_id":"5","author_full_name":"Cleo Only","link":5}"#,
        #"{"_id":"6","meta":{"author_full_name":"Ada Example"}}"#,
      ].joined(separator: "\n"), to: "drafts.jsonl")
    #expect(try await PipelineRunner(stores).importFiles([path], collection: "drafts").reports.map(\.failed) == [0])
    let drafts = try await stores.warehouse().collection(OwnDocument.self, named: "drafts")
    func left() async throws -> [String] { try await drafts.all().map(\.id.uuidString) }

    let preview = try await Deletion(stores).preview(.author("Ada Example"))
    #expect(preview.places.first { $0.place == "warehouse.drafts" }?.count == 2)
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    #expect(report.places == preview.places)
    #expect(try await left() == ["3", "4", "5", "6"])
    #expect(
      try await Deletion(stores).perform(.link("https://a.org/4")).places.map(\.place).contains("warehouse.drafts"))
    #expect(try await Deletion(stores).perform(.author("Cleo Only")).places.contains { $0.place == "warehouse.drafts" })
    #expect(try await left() == ["3", "6"])
  }

  @Test func `a report shows no part of an address that may be secret`() async throws {
    try await runAll()
    var configuration = stores.configuration
    let warehouse = configuration.warehouse
    configuration.warehouse = "mongodb://host/db?authMechanismProperties=AWS_SESSION_TOKEN:S3cretX"
    let opened = stores.configuration
    #expect(opened.warehouse == warehouse)
    let work = try await DeletionWork(.author("Ada Example"), on: Stores(opened), named: configuration)
    let report = try await work.report(isDryRun: true)
    #expect(report.places.contains { $0.location == "mongodb://host/db?…" }, "\(report.places)")
    #expect(!"\(report)".contains("S3cretX"))
  }

  @Test func `rejections go though the documents are gone at their source`() async throws {
    try await runAll()
    let provenance = try String(
      contentsOfFile: folder.path("data/datasets/instruction/provenance.jsonl"), encoding: .utf8)
    let origin = try #require(provenance.split(separator: "\n").first { $0.contains("Ada Example") })
    let values = try #require(try JSONSerialization.jsonObject(with: Data(origin.utf8)) as? [String: Any])
    let (id, link) = (values["document_id"] as? String ?? "", values["link"] as? String ?? "")
    let known = try String(contentsOfFile: folder.path("data/datasets/instruction/rejected.jsonl"), encoding: .utf8)
    func line(_ id: String, _ link: String, author: String?) -> String {
      let name = author.map { #""author_full_name":"\#($0)","# } ?? ""
      return #"{\#(name)"answer":"zygotic","detail":"d","document_id":"\#(id)","end":9,"link":"\#(link)","#
        + #""rule":"r","start":0}"# + "\n"
    }
    let unknown = line("0e6f0b5f-6c3e-4bd4-9b1a-000000000001", "gone", author: nil)
    try folder.write(
      known + line(id, link, author: nil) + line("0e6f0b5f-6c3e-4bd4-9b1a-000000000002", "g", author: "ADA EXAMPLE")
        + unknown, to: "data/datasets/instruction/rejected.jsonl")

    let warehouse = try await stores.warehouse()
    let mine = try await warehouse.collection(.articles).all(.authorFullName == "Ada Example").map(\.id)
    #expect(try await warehouse.delete(mine, in: .articles) == 3)
    #expect(try await stores.vectors().delete(documents: mine, in: .articles) == 3)
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    let left = try String(contentsOfFile: folder.path("data/datasets/instruction/rejected.jsonl"), encoding: .utf8)
    #expect(left.contains("gone") && !left.contains(id) && !left.contains("EXAMPLE"), "\(left)")
    #expect(report.notices.contains { $0.contains("rejected.jsonl has 1 rejection") }, "\(report.notices)")
  }

  @Test func `a row of somebody else's that mentions the person stays, and is told`() async throws {
    try await runAll()
    let path = try folder.write(
      [
        #"{"_id":"1","author_full_name":"Bob Builder","content":{"Title":"On Ada Example","Content":5}}"#,
        #"{"_id":"2","author_full_name":"Bob Builder","content":5}"#,
        #"{"_id":"3","author_full_name":"Bob Builder","content":{"Content":"By Ad\u0061 Example, tor"#,
        #"{"_id":"4","author_full_name":"Ad\u0061 Example","content":{"Content":"tor"#,
        #"{"_id":"5","author_id":"\#(User(fullName: "Ada Example").id)","content":5}"#,
      ].joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await PipelineRunner(stores).importFiles([path]).reports.map(\.failed) == [5])
    // Only a reason mentions the person.
    let shelf = stores.configuration.importShelf
    var row = try #require(shelf.row(named: "\(path):2"))
    row.failure.reason = "Ada Example is no content"
    try shelf.keep(row)
    var entry = try #require(stores.configuration.quarantine.list().first { $0.item == row.item })
    entry.error = row.failure.reason
    try stores.configuration.quarantine.replace(entry)

    let report = try await Deletion(stores).perform(.author("Ada Example"))
    let items = (1...3).map { "\(path):\($0)" }
    #expect(shelf.rows().map(\.item).sorted() == items)
    #expect(stores.configuration.quarantine.list().compactMap(\.item).sorted() == items)
    #expect(shelf.row(named: items[0])?.content?.count ?? 0 > 50)
    #expect(shelf.row(named: items[1])?.failure.reason == "[deleted] is no content")
    #expect(stores.configuration.quarantine.list().first { $0.item == items[1] }?.error == "[deleted] is no content")
    let notice = try #require(report.notices.first { $0.contains("3 rows that were not imported mention Ada Example") })
    #expect(items.allSatisfy(notice.contains))
  }

  @Test func `checkpoints of imports that mention the person go, of every configuration`() async throws {
    try await runAll()
    func checkpoint(_ author: String) -> String {
      #"{"version":2,"report":{"failures":[{"reason":"a row of \#(author) is no document"}]}}"#
    }
    let shelves = folder.path("data/runs/.imports")
    let own = try #require(stores.configuration.importShelf.checkpoint(of: ImportJob(path: "/a", collection: "users")))
    let shelf = URL(fileURLWithPath: own).deletingLastPathComponent().deletingLastPathComponent()
    let base = "data/runs/.imports/\(shelf.lastPathComponent)/checkpoints"
    try folder.write(checkpoint("Ada Example"), to: "\(base)/\(URL(fileURLWithPath: own).lastPathComponent)")
    try folder.write(checkpoint("Bob Builder"), to: "\(base)/bob.json")
    try folder.write(checkpoint("Ad\\u0061 Example"), to: "data/runs/.imports/other/checkpoints/ada.json")
    #expect(FileManager.default.fileExists(atPath: own))
    let report = try await Deletion(stores).perform(.author("Ada Example"))
    #expect(report.places.first { $0.place == "imports" && $0.what == "checkpoint" }?.count == 2)
    let left = try FileManager.default.subpathsOfDirectory(atPath: shelves).filter { $0.hasSuffix(".json") }
    #expect(left.map { URL(fileURLWithPath: $0).lastPathComponent } == ["bob.json"])
  }

  private func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      files[name] = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
    }
    return files
  }
}

/// A note that is long enough for pairs, and of which no sentence is in another one.
private func note(on topic: String, by author: String) -> String {
  let word = author == "ada" ? "zygotic" : "plain"
  return """
    # \(topic)

    \(topic) turn in the wind and in the water, and whoever has seen \(topic) turn knows what \(word) \(topic) are good for.
    There is no better time to look at \(topic) than an early morning, when nobody else is up but \(author).

    ## What are \(topic)?

    \(topic) are machines that \(author) built with care in winter, when \(topic) were young and timber was cheap. A set of
    \(topic) lasts for thirty years if it is oiled, and for three if it is not, says every keeper of \(topic).

    ## How to keep \(topic)

    Keep \(topic) dry, and look at the \(word) bearings of \(topic) every week. Whoever forgets this once will hear from
    \(topic) at night, and whoever forgets it twice will have to build new \(topic) from the beginning.
    """
}
