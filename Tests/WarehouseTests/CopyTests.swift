import BSON
import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("Copying", .dropsDatabases) struct CopyTests {
  /// Documents that no type of ours knows, with every number apart.
  private func foreign(_ number: Int) -> BSONDocument {
    [
      "_id": .string("recipe-\(number)"), "title": .string("Soup \(number)"), "small": .int32(5), "large": .int64(5),
      "share": .double(5), "when": .date(milliseconds: 1_700_000_000_123), "nested": ["list": [1, "two", .null]],
    ]
  }

  private func store(_ documents: [BSONDocument], in collection: String, of warehouse: Warehouse) async throws {
    let driver = try await warehouse.driver(forRaw: collection)
    let requests = try documents.map {
      SaveRequest(replacing: try EncodedDocument(stored: try $0.bytes(), in: collection), in: collection)
    }
    let outcomes = try await driver.save(requests, uniqueField: nil, in: collection)
    #expect(outcomes.allSatisfy { $0 == .inserted }, "\(outcomes)")
  }

  private func bytes(of collection: String, in warehouse: Warehouse) async throws -> [[UInt8]] {
    var reader = DocumentReader(try await warehouse.driver(forRaw: collection).cursor(Query(collection: collection)))
    defer { reader.close() }
    var documents: [[UInt8]] = []
    while let document = try await reader.next() { documents.append(document.bytes) }
    return documents
  }

  @Test(arguments: TestStore.available, TestStore.available)
  func `every document arrives as it is stored, and both sides have one hash`(
    from: TestStore, to: TestStore
  ) async throws {
    let (source, target) = (try await from.make().open(), try await to.make().open())
    _ = try await source.getOrCreate(ada)
    _ = try await source.save([article(1, crawl: crawl("https://example.com/feed")), article(2), fullDocument])
    try await store((1...700).map(foreign), in: "recipes", of: source)
    var unknown = foreign(0)
    unknown["_id"] = "stray"
    unknown["link"] = "https://example.com/stray"
    try await store([unknown], in: "articles", of: source)

    let report = try await source.copy(to: target)
    #expect(report.isVerified && report.failed == 0)
    #expect(report.collections.map(\.name) == ["users", "posts", "articles", "repositories", "recipes"])
    #expect(report.collections.map(\.inserted) == [1, 0, 3, 1, 700])
    #expect(report.collections.map(\.verification.targetCount) == [1, 0, 3, 1, 700])
    #expect(report.collections.allSatisfy { $0.verification.sourceHash == $0.verification.targetHash })
    for name in report.collections.map(\.name) {
      #expect(try await bytes(of: name, in: source) == bytes(of: name, in: target), "\(name)")
    }
    let again = try await source.copy(to: target)
    #expect(again.isVerified && again.collections.map(\.unchanged) == [1, 0, 3, 1, 700])
  }

  @Test(arguments: TestStore.available)
  func `what else the target has stays, and newer versions are replaced`(store: TestStore) async throws {
    let (source, target) = (try await store.make().open(), try await store.make().open())
    _ = try await source.save([article(1, text: "New."), article(2)])
    _ = try await target.save([article(1, text: "Old."), article(3)])
    let report = try await source.copy(to: target, options: only("articles"))
    let articles = try #require(report.collections.first)
    #expect((articles.inserted, articles.updated, articles.verification.others) == (1, 1, 1))
    #expect(report.isVerified)
    #expect(try await target.document(link: article(1).link)?.text == "New.")
    #expect(try await target.document(link: article(3).link) != nil)
  }

  @Test(arguments: TestStore.available)
  func `a link that is stored under another identifier is a failure and stays`(store: TestStore) async throws {
    let (source, target) = (try await store.make().open(), try await store.make().open())
    var imported = article(1, text: "Imported.")
    imported.id = Identifier(existing: "0e6f0b5f-6c3e-4bd4-9b1a-000000000001")
    _ = try await source.save([article(1), article(2)])
    _ = try await target.save([imported])
    let report = try await source.copy(to: target)
    let articles = try #require(report.collections.first { $0.name == "articles" })
    #expect((articles.inserted, articles.failed, articles.verification.others) == (1, 1, 1))
    #expect(articles.failures.map(\.id) == [article(1).id.uuidString])
    #expect(articles.failures.first?.reason.contains(imported.id.uuidString) == true, "\(articles.failures)")
    #expect(report.isVerified, "what was copied is the same")
    #expect(try await target.document(link: article(1).link) == imported)
  }

  @Test func `documents that differ or are missing are found and named`() async throws {
    let (source, target) = (try await TestStore.sqlite.make().open(), try await TestStore.sqlite.make().open())
    _ = try await source.save((1...30).map { article($0) })
    _ = try await target.save((1...18).map { article($0, text: $0 <= 2 ? "Changed." : "Some text.") })
    let verification = try await CollectionCopy(
      name: "articles", source: try await source.driver(forRaw: "articles"),
      target: try await target.driver(forRaw: "articles"), progress: nil
    ).verified(leavingOut: [], total: 30)
    #expect(!verification.isSound)
    #expect((verification.sourceCount, verification.targetCount, verification.differences) == (30, 18, 14))
    #expect(verification.differing.count == 10)
    #expect(verification.sourceHash != verification.targetHash)
    let wrong = Set((1...30).filter { $0 <= 2 || $0 > 18 }.map { article($0).id.uuidString })
    #expect(verification.differing.allSatisfy(wrong.contains))
  }

  @Test func `a warehouse is not copied to itself, by whatever path`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("warehouse.sqlite")
    let warehouse = try await Warehouse.open("sqlite:\(path)")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link.sqlite"), withDestinationPath: path)
    for other in [path, folder.path("link.sqlite"), folder.path("x/../warehouse.sqlite")] {
      let same = try await Warehouse.open("sqlite:\(other)")
      let error = await #expect(throws: WarehouseError.self) { try await warehouse.copy(to: same) }
      #expect(error?.description.contains("is where the documents come from") == true, "\(other)")
    }
  }

  @Test func `an unknown collection is named with its nearest`() async throws {
    let (source, target) = (try await TestStore.sqlite.make().open(), try await TestStore.sqlite.make().open())
    let error = await #expect(throws: WarehouseError.self) {
      try await source.copy(to: target, options: only("artcles"))
    }
    #expect(error?.description.contains("did you mean articles") == true, "\(error?.description ?? "")")
  }

  @Test func `a source that is not there is not made`() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: WarehouseError.self) {
      try await Warehouse.open(existing: "sqlite:\(folder.path("no.sqlite"))")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test(arguments: TestStore.mongoStores)
  func `a database that is not there is not read as an empty one`(store: TestStore) async throws {
    let test = try await store.make()
    let error = await #expect(throws: WarehouseError.self) { try await Warehouse.open(existing: test.url) }
    #expect(error?.description.hasPrefix("there is no database ") == true, "\(String(describing: error))")
    _ = try await test.open().save([article(1)])
    #expect(try await Warehouse.open(existing: test.url).collection(.articles).count() == 1)
  }

  @Test(arguments: TestStore.mongoStores)
  func `an identifier with NUL is a failure of its document in SQLite`(store: TestStore) async throws {
    let (source, target) = (try await store.make().open(), try await TestStore.sqlite.make().open())
    var odd = foreign(1)
    odd["_id"] = "a\u{0}b"
    try await self.store([odd, foreign(2)], in: "recipes", of: source)
    for _ in 0..<2 {
      let report = try await source.copy(to: target)
      let recipes = try #require(report.collections.first { $0.name == "recipes" })
      #expect(recipes.failed == 1 && recipes.failures.first?.reason.contains("NUL") == true, "\(recipes)")
      #expect(report.isVerified && recipes.verification.sourceCount == 1)
    }
  }

  @Test(arguments: TestStore.available)
  func `unknown fields and collections go through an export and an import`(store: TestStore) async throws {
    let (source, target) = (try await store.make().open(), try await store.make().open())
    try await self.store((1...3).map(foreign), in: "recipes", of: source)
    let folder = try TemporaryFolder()
    var options = ExportOptions()
    options.collections = ["recipes"]
    options.format = .canonical
    let report = try await source.export(to: folder.path("canonical"), options: options)
    #expect(report.files.map(\.collection) == ["recipes"])
    let text = try String(contentsOfFile: folder.path("canonical/recipes.jsonl"), encoding: .utf8)
    #expect(text.contains(#""large" : { "$numberLong" : "5" }"#) || text.contains(#""large":{"$numberLong":"5"}"#))
    options.format = .relaxed
    _ = try await source.export(to: folder.path("relaxed"), options: options)
    let relaxed = try String(contentsOfFile: folder.path("relaxed/recipes.jsonl"), encoding: .utf8)
    #expect(!relaxed.contains("numberLong"))

    // A file's name alone makes no collection.
    let path = folder.path("canonical/recipes.jsonl")
    await #expect(throws: WarehouseError.self) { try await target.importFile(path) }
    let imported = try await target.importFile(path, collection: "recipes")
    #expect(imported.inserted == 3, "\(imported)")
    #expect(try await target.importFile(path).unchanged == 3)
    #expect(try await bytes(of: "recipes", in: target) == bytes(of: "recipes", in: source))
  }

  private func only(_ collection: String) -> CopyOptions {
    var options = CopyOptions()
    options.collections = [collection]
    return options
  }
}
