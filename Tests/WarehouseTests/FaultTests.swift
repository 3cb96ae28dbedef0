import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@testable import Warehouse

@Suite("Faults", .dropsDatabases) struct FaultTests {
  /// Something that is stored among the articles and is none.
  struct Rogue: Document, Equatable {
    static let collection = "articles"
    var id: Identifier
    var link: String
    var content: Int

    enum CodingKeys: String, CodingKey {
      case id = "_id"
      case link, content
    }
  }

  @Test(arguments: TestStore.available)
  func `a stored document that cannot be read is reported and ends nothing`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save([article(1), article(2)])
    let rogue = Rogue(id: article(3).id, link: article(3).link, content: 5)
    #expect(try await warehouse.collection(Rogue.self).save(rogue) == .inserted)

    var readable: [Identifier] = []
    var unreadable: [UnreadableDocument] = []
    for try await batch in warehouse.documents(in: .articles).batches {
      readable += batch.documents.map(\.id)
      unreadable += batch.unreadable
    }
    #expect(readable == [article(1).id, article(2).id].sorted())
    #expect(unreadable.map(\.id) == [rogue.id])
    #expect(unreadable.first?.reason == "author_id: the field is missing")

    // One by one it is an error that can be passed over.
    var iterator = warehouse.documents(in: .articles).makeAsyncIterator()
    _ = try await iterator.next()
    _ = try await iterator.next()
    let error = await #expect(throws: WarehouseError.self) { _ = try await iterator.next() }
    #expect(error?.description.contains(rogue.id.uuidString) == true)
    #expect(try await iterator.next() == nil)

    // Crawled again, it is replaced and keeps its place.
    #expect(try await warehouse.save([article(3)]) == [.updated])
    #expect(try await warehouse.document(link: article(3).link) == article(3))
  }

  @Test(arguments: TestStore.available)
  func `large documents make small batches`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let documents = (0..<7).map { article($0, text: String(repeating: "x", count: 1000)) }
    _ = try await warehouse.save(documents)
    var query = Query(collection: "articles")
    query.maximumBatchBytes = 2000
    var batches: [[Identifier]] = []
    for try await batch in DocumentBatches<RawDocument>(of: warehouse.collection(.articles), query: query) {
      batches.append(batch.documents.map(\.id))
    }
    #expect(batches.map(\.count) == [2, 2, 2, 1])
    #expect(batches.flatMap(\.self) == documents.map(\.id).sorted())
  }

  @Test(arguments: TestStore.available)
  func `a cancelled task stops reading`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save((0..<150).map { article($0) })
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      for try await _ in warehouse.documents(in: .articles) {}
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test(arguments: TestStore.available)
  func `an empty warehouse answers everything`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    #expect(try await warehouse.save([]).isEmpty)
    #expect(try await warehouse.users().isEmpty)
    #expect(try await warehouse.document(link: "x") == nil)
    #expect(try await warehouse.crawledLink("x") == nil)
    #expect(try await warehouse.statistics().count == 0)
    for try await _ in warehouse.documents(in: .posts) { Issue.record("there is no document") }
  }

  @Test func `a file that is no database is named and left alone`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "no database ", count: 200), to: "notes.txt")
    let error = await #expect(throws: StorageError.self) { try await Warehouse.open("sqlite:\(path)") }
    #expect(error?.description.contains(path) == true)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("no database"))
  }

  @Test func `an SQLite save that fails half-way stores nothing`() async throws {
    let folder = try TemporaryFolder()
    let refusal = Migration("test-1") { database in
      try database.execute(
        sql: """
          CREATE TRIGGER refusal BEFORE INSERT ON articles WHEN json_extract(NEW.document, '$.content.Content') = 'bad'
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
    let database = try EmbeddedDatabase(
      path: folder.path("w.sqlite"), migrations: Warehouse.migrations + [refusal])
    let warehouse = Warehouse(database: database)
    await #expect(throws: StorageError.self) {
      try await warehouse.save([article(1), article(2, text: "bad"), article(3)])
    }
    #expect(try await warehouse.collection(.articles).count() == 0)
    #expect(try await warehouse.save([article(1)]) == [.inserted])
  }

  @Test func `SQLite finds links, sources, authors and names by index`() async throws {
    let folder = try TemporaryFolder()
    let database = try EmbeddedDatabase(path: folder.path("w.sqlite"), migrations: Warehouse.migrations)
    let warehouse = Warehouse(database: database)
    _ = try await warehouse.statistics()
    let articles: [(Filter<RawDocument>, String)] = [
      (.link == "x", "articles:link unique"), (Field.link.isIn(["x", "y"]), "articles:link unique"),
      (.source == "x", "articles:crawl.source"), (.authorID == ada.id && .platform == "x", "articles:author_id"),
    ]
    for (filter, index) in articles {
      let plan = try await SQLiteDriver(database: database).plan(of: filter.condition, in: "articles")
      #expect(plan.contains(index), "\(plan)")
    }
    let name: Filter<User> = .firstName == "x" && .lastName == "y"
    let plan = try await SQLiteDriver(database: database).plan(of: name.condition, in: "users")
    #expect(plan.contains("users:last_name,first_name"), "\(plan)")
  }
}
