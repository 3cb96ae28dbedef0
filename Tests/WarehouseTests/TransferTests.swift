import BSON
import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("Import and export", .dropsDatabases) struct TransferTests {
  @Test(arguments: TestStore.available)
  func `an export reads back identically`(store: TestStore) async throws {
    let from = try await store.make().open()
    let documents = [article(1, crawl: crawl("https://example.com/feed")), article(2, text: "a\u{0}b"), fullDocument]
    _ = try await from.getOrCreate(ada)
    _ = try await from.save(documents)
    let folder = try TemporaryFolder()
    let report = try await from.export(to: folder.path("export"))
    #expect(report.files.map(\.collection) == ["users", "posts", "articles", "repositories"])
    #expect(report.files.map(\.count) == [1, 0, 2, 1])
    #expect(report.failed == 0)

    let target = try await store.make().open()
    for file in report.files {
      let imported = try await target.importFile(file.path)
      #expect(imported.inserted == file.count)
      #expect(imported.failed == 0)
    }
    #expect(try await target.users() == [ada])
    for document in documents { #expect(try await target.document(link: document.link) == document) }

    let again = try await target.export(to: folder.path("again"))
    for (first, second) in zip(report.files, again.files) {
      #expect(try Data(contentsOf: URL(filePath: first.path)) == Data(contentsOf: URL(filePath: second.path)))
      #expect(first.bytes == (try Data(contentsOf: URL(filePath: first.path)).count))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("export")).sorted()
    #expect(names == ["articles.jsonl", "posts.jsonl", "repositories.jsonl", "users.jsonl"])
  }

  @Test(arguments: TestStore.available)
  func `the Handbook's raw data is imported as it is`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let folder = try TemporaryFolder()
    let users = try folder.write(
      #"[{"first_name": "Ada", "last_name": "Example", "_id": "eff74089-0271-4319-8543-745c087f4f61"}]"#,
      to: "UserDocument.json")
    let articles = try folder.write(
      """
      [{"content": {"Title": "One", "Subtitle": null, "Content": "A \\"text\\", [with] {brackets}", "language": "en"},
        "platform": "custom_article", "link": "https://example.com/1", "_id": "0e6f0b5f-6c3e-4bd4-9b1a-000000000001",
        "author_id": "eff74089-0271-4319-8543-745c087f4f61", "author_full_name": "Ada Example"},
       {"content": {"Title": "Two", "Content": "B"}, "platform": "medium", "link": "https://example.com/2",
        "_id": "0e6f0b5f-6c3e-4bd4-9b1a-000000000002", "author_id": "eff74089-0271-4319-8543-745c087f4f61",
        "author_full_name": "Ada Example"}]
      """, to: "ArticleDocument.json")
    #expect(try await warehouse.importFile(users).inserted == 1)
    #expect(try await warehouse.importFile(articles).inserted == 2)
    #expect(try await warehouse.importFile(articles).unchanged == 2)
    let repositories = try folder.write("[]", to: "RepositoryDocument.json")
    #expect(try await warehouse.importFile(repositories).inserted == 0)

    let ada = try await warehouse.getOrCreate(User(fullName: "Ada Example"))
    #expect(ada.id.uuidString == "eff74089-0271-4319-8543-745c087f4f61")
    let first = try #require(try await warehouse.document(link: "https://example.com/1"))
    #expect(first.id.uuidString == "0e6f0b5f-6c3e-4bd4-9b1a-000000000001")
    #expect(first.category == .articles)
    #expect(first.text == "A \"text\", [with] {brackets}")

    // Crawled again, it is the same document: its identifier and its being unchanged stay.
    let crawled = RawDocument(
      category: .articles, link: "https://example.com/2", platform: "medium", author: ada, title: "Two", text: "B",
      crawl: crawl("https://example.com/2"))
    #expect(try await warehouse.save([crawled]) == [.unchanged])
    let second = try #require(try await warehouse.document(link: "https://example.com/2"))
    #expect(second.id.uuidString == "0e6f0b5f-6c3e-4bd4-9b1a-000000000002")
    #expect(second.crawl == crawled.crawl)
  }

  @Test(arguments: TestStore.available)
  func `bad rows are reported and the others imported`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let folder = try TemporaryFolder()
    let good = #""platform":"x","author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example""#
    let path = try folder.write(
      """
      {"_id":{"$uuid":"0e6f0b5f-6c3e-4bd4-9b1a-000000000001"},"content":{"Content":"a"},"link":"l1",\(good)}
      {"_id": "torn

      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000002","content":{"Content":5},"link":"l2",\(good)}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000003","content":{"Content":"a"},"category":"posts","link":"l3",\(good)}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000004","content":{"Content":"a"},"link":"l4",\(good)}
      """, to: "mongoexport.json")
    let report = try await warehouse.importFile(path, collection: "articles")
    #expect((report.inserted, report.failed) == (2, 3))
    #expect(report.failures.map(\.row) == ["line 2", "line 4", "line 5"])
    #expect(report.failures[1].description == "\(path), line 4: content.Content: expected string, found int32")
    #expect(report.failures[2].reason.contains("posts"))
    #expect(try await warehouse.document(link: "l1")?.id.uuidString == "0e6f0b5f-6c3e-4bd4-9b1a-000000000001")

    let array = try folder.write("[{\"first_name\": \"No\"}, 5, {\"_id\": ", to: "users.json")
    let second = try await warehouse.importFile(array)
    #expect(second.failures.map(\.row) == ["element 1", "element 2", "element 3", "element 4"])
    #expect(second.failures.last?.reason.contains("ends before the array") == true)
    #expect(second.failures[1].place == "\(array):element 2")
    #expect(try await second.failures[0].contentInFile() == Array(#"{"first_name": "No"}"#.utf8))
  }

  @Test(arguments: TestStore.available)
  func `the authors of imported documents become users`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let folder = try TemporaryFolder()
    let known = User(
      id: Identifier(existing: "eff74089-0271-4319-8543-745c087f4f61"), firstName: "Ada", lastName: "King")
    #expect(try await warehouse.userCollection.save([known]) == [.inserted])
    let path = try folder.write(
      """
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000001","content":{"Content":"a"},"platform":"x","link":"l1",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000002","content":{"Content":"b"},"platform":"x","link":"l2",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000003","content":{"Content":"c"},"platform":"x","link":"l3",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f62","author_full_name":"Bob de Builder"}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000004","content":{"Content":5},"platform":"x","link":"l4",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f63","author_full_name":"Nobody Stored"}
      """, to: "articles.jsonl")
    for _ in 0..<2 { _ = try await warehouse.importFile(path) }
    let bob = User(
      id: Identifier(existing: "eff74089-0271-4319-8543-745c087f4f62"), firstName: "Bob de", lastName: "Builder")
    #expect(try await warehouse.users() == [bob, known])
    #expect(try await warehouse.user(named: "Bob de Builder") == bob)
  }

  @Test(arguments: TestStore.available)
  func `a user that cannot be read keeps no document from being imported`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let bad: BSONDocument = ["_id": "eff74089-0271-4319-8543-745c087f4f61", "first_name": 5]
    let request = SaveRequest(
      replacing: try EncodedDocument(stored: try bad.bytes(), in: "users"), in: "users")
    let users = try await warehouse.driver(forRaw: "users")
    #expect(try await users.save([request], uniqueField: nil, in: "users") == [.inserted])
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000001","content":{"Content":"a"},"platform":"x","link":"l1",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}
      {"_id":"0e6f0b5f-6c3e-4bd4-9b1a-000000000002","content":{"Content":"b"},"platform":"x","link":"l2",\
      "author_id":"eff74089-0271-4319-8543-745c087f4f62","author_full_name":"Bob Builder"}
      """, to: "articles.jsonl")
    let report = try await warehouse.importFile(path)
    #expect((report.inserted, report.failed) == (2, 0))
    #expect(report.notes.count == 1 && report.notes[0].hasPrefix("Ada Example is not made a user: "), "\(report.notes)")
    #expect(try await warehouse.user(named: "Bob Builder") != nil)
    #expect(try await warehouse.importFile(path).unchanged == 2)
  }

  @Test(arguments: TestStore.mongoStores)
  func `collections that cannot be taken are reported, and the others are taken`(store: TestStore) async throws {
    let test = try await store.make()
    let source = try await test.open()
    _ = try await source.save([article(1)])
    let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
    for name in ["_logs", "my coll", "no/folder", "zebras"] { try await pool.store([["_id": "1"]], in: name) }
    let id = try #require(BSONObjectID("0123456789abcdef01234567"))
    try await pool.store([["_id": .objectID(id)]], in: "events")
    let bad = ["_logs", "events", "my coll", "no/folder"]

    let folder = try TemporaryFolder()
    let exported = try await source.export(to: folder.path("export"))
    #expect(exported.failures.map(\.name) == bad)
    #expect(exported.files.map(\.collection) == Warehouse.collections + ["zebras"])
    #expect(exported.files.map(\.count) == [0, 0, 1, 0, 1])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("export"))
    #expect(Set(names) == Set(exported.files.map { "\($0.collection).jsonl" }))

    let target = try await TestStore.sqlite.make().open()
    let copied = try await source.copy(to: target)
    #expect(copied.failures.map(\.name) == bad && copied.isVerified)
    #expect(copied.collections.map(\.inserted) == [0, 0, 1, 0, 1])

    // What is wrong can be on the other side, too.
    let events = try await target.driver(forRaw: "events")
    let event = try EncodedDocument(stored: try (["_id": "1"] as BSONDocument).bytes(), in: "events")
    #expect(
      try await events.save([SaveRequest(replacing: event, in: "events")], uniqueField: nil, in: "events")
        == [.inserted])
    let back = try await target.copy(to: source)
    #expect(back.failures.map(\.name) == ["events"] && back.collections.map(\.name).contains("zebras"))
  }

  @Test func `a file that is missing or a folder is said to be so`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    for (path, reason) in [("nofile", "no such file or directory"), ("x/users.json", "no such file or directory")] {
      let error = await #expect(throws: WarehouseError.self) { try await warehouse.importFile(folder.path(path)) }
      #expect(error?.description.hasPrefix("cannot read \(folder.path(path)): \(reason). Check") == true)
    }
    try FileManager.default.createDirectory(atPath: folder.path("posts"), withIntermediateDirectories: true)
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.importFile(folder.path("posts")) }
    #expect(error?.description.contains(": is a directory. Check") == true)
    let file = try folder.write("", to: "file")
    let export = await #expect(throws: WarehouseError.self) { try await warehouse.export(to: file + "/x") }
    #expect(export?.description.contains(": not a directory. Check") == true, "\(export?.description ?? "")")
  }

  @Test func `a file that does not say what it holds is an error`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write("[]", to: "dump.json")
    let unknown = await #expect(throws: WarehouseError.self) { try await warehouse.importFile(path) }
    #expect(unknown?.description.contains("--collection") == true)
    let misspelt = await #expect(throws: WarehouseError.self) {
      try await warehouse.importFile(path, collection: "artikles")
    }
    #expect(misspelt?.description.contains("did you mean articles") == true)
    let missing = await #expect(throws: WarehouseError.self) {
      try await warehouse.importFile(folder.path("users.json"))
    }
    #expect(missing?.description.contains("users.json") == true)
  }

  @Test func `a file name that is nearly a collection's says which`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write("[]", to: "artcles.jsonl")
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.importFile(path) }
    #expect(error?.description.contains("did you mean articles") == true, "\(String(describing: error))")
  }

  @Test func `a collection without documents replaces no file that has some`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    _ = try await warehouse.save([article(1)])
    let first = try await warehouse.export(to: folder.url.path)
    #expect(first.failures.isEmpty && first.files.map(\.count) == [0, 0, 1, 0])
    let kept = try Data(contentsOf: URL(filePath: folder.path("articles.jsonl")))
    let empty = try await TestStore.sqlite.make().open()
    let second = try await empty.export(to: folder.url.path)
    #expect(second.failures.map(\.name) == ["articles"])
    #expect(second.failures.first?.reason.contains("Remove the file") == true, "\(second.failures)")
    #expect(try Data(contentsOf: URL(filePath: folder.path("articles.jsonl"))) == kept)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 4)
    try FileManager.default.removeItem(atPath: folder.path("articles.jsonl"))
    #expect(try await empty.export(to: folder.url.path).files.map(\.count) == [0, 0, 0, 0])
  }

  @Test func `an identifier with NUL is a bad row of SQLite, however often it comes`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write(#"{"_id":"a\u0000b"}"# + "\n" + #"{"_id":"a"}"#, to: "t.jsonl")
    for isAgain in [false, true] {
      let report = try await warehouse.importFile(path, collection: "t")
      #expect((report.failed, isAgain ? report.unchanged : report.inserted) == (1, 1), "\(report)")
      #expect(report.failures.first?.reason.contains("NUL") == true, "\(report.failures)")
    }
  }

  @Test(arguments: ["vector_chunks", "Vector_mine", "grdb_migrations2", "SQLITE_x"])
  func `names of the file's other stores are no names of collections`(name: String) async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write(#"{"_id":"1"}"#, to: "v.jsonl")
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.importFile(path, collection: name) }
    #expect(error?.description.contains("what begins with vector_, ") == true, "\(String(describing: error))")
  }

  @Test func `objects over several lines are rows of their first lines`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let objects = (1...3).map { "{\n  \"_id\": \"\($0)\",\n  \"list\": [\n    {\n      \"a\": 1\n    }\n  ]\n}" }
    let torn = "{\n  \"_id\": \"torn\",\n  \"li"
    let path = try folder.write(
      [objects[0], torn, objects[1], "x", objects[2], torn].joined(separator: "\n"), to: "t.json")
    let report = try await warehouse.importFile(path, collection: "t")
    #expect((report.inserted, report.failed) == (3, 3), "\(report)")
    #expect(report.failures.map(\.row) == ["line 9", "line 20", "line 29"])
    #expect(try await report.failures[1].contentInFile() == Array("x".utf8))
    #expect(try await warehouse.importFile(path, collection: "t").unchanged == 3)
  }

  @Test func `a failed export leaves the earlier one as it was`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    try folder.write("earlier", to: "export/users.jsonl")
    try FileManager.default.createDirectory(
      atPath: folder.path("export/articles.jsonl"), withIntermediateDirectories: true)
    await #expect(throws: WarehouseError.self) { try await warehouse.export(to: folder.path("export")) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("export")).sorted()
    #expect(names == ["articles.jsonl", "posts.jsonl", "users.jsonl"])
    await #expect(throws: WarehouseError.self) { try await warehouse.export(to: folder.path("export/posts.jsonl/x")) }
  }
}
