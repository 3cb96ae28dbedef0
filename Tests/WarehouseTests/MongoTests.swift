import BSON
import Domain
import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("MongoDB", .dropsDatabases) struct MongoTests {
  @Test(arguments: TestStore.mongoStores)
  func `documents of others without a link are read`(store: TestStore) async throws {
    let test = try await store.make()
    let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
    try await pool.store(
      [foreign("1", link: nil), foreign("2", link: .null), foreign("3", link: .null), foreign("4", link: nil)],
      in: "posts")
    let warehouse = try await test.open()
    let posts = try await warehouse.collection(.posts).all()
    #expect(posts.map(\.id.uuidString) == ["1", "2", "3", "4"])
    #expect(posts[0].link == "urn:uuid:1")
    #expect(try await warehouse.save(posts) == Array(repeating: .unchanged, count: 4))
  }

  @Test(arguments: TestStore.mongoStores)
  func `an identifier that another program wrote differently is kept`(store: TestStore) async throws {
    let test = try await store.make()
    let id = "0E6F0B5F-6C3E-4BD4-9B1A-000000000001"
    let pool = try MongoClientPool(url: test.url, options: WarehouseOptions())
    try await pool.store([foreign(id, link: .string(article(1).link))], in: "articles")
    let warehouse = try await test.open()
    #expect(try await warehouse.save([article(1)]) == [.updated])
    #expect(try await warehouse.save([article(1)]) == [.unchanged])
    #expect(try await pool.stored(in: "articles").map { $0["_id"] } == [.string(id)])
  }

  @Test func `documents that already share a link are named when something is stored, and can be read`() async throws {
    let peer = try MongoPeer()
    try await peer.pool.store([foreign("1", link: "x"), foreign("2", link: "x")], in: "articles")
    let warehouse = try await peer.open()
    #expect(try await warehouse.collection(.articles).count() == 2)
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.save([article(1)]) }
    guard case .duplicates(_, "articles", _) = error else {
      throw Unexpected("the error was \(String(describing: error))")
    }
  }

  @Test func `identifiers that are no strings are named when the warehouse is opened`() async throws {
    let peer = try MongoPeer()
    let id = try #require(BSONObjectID(bytes: Array(repeating: 7, count: 12)))
    try await peer.pool.store([["_id": .objectID(id), "link": "x"]], in: "articles")
    let error = await #expect(throws: WarehouseError.self) { try await peer.open() }
    #expect(error?.description.contains("its _id is of type object id instead of a string") == true)
  }

  @Test func `an index that is in the way is named`() async throws {
    let peer = try MongoPeer()
    try await createIndex(["name": "twin_link", "key": ["link": 1]], of: "articles", peer)
    let error = await #expect(throws: WarehouseError.self) { try await peer.open().save([article(1)]) }
    guard case .indexConflict(_, "articles", "twin_link", _) = error else {
      throw Unexpected("the error was \(String(describing: error))")
    }
    #expect(error?.description.contains("db.getCollection(\"articles\").dropIndex(\"twin_link\")") == true)
  }

  @Test func `an index of another program that does the same is used`() async throws {
    let peer = try MongoPeer()
    try await createIndex(["name": "author_id_1", "key": ["author_id": 1]], of: "articles", peer)
    let warehouse = try await peer.open()
    #expect(try await warehouse.save([article(1)]) == [.inserted])
    let names = try await peer.pool.withClient("listing") { try $0.indexes(of: "articles").map { $0["name"] } }
    #expect(names == ["_id_", "author_id_1", "twin_link", "twin_crawl.source"])
  }

  @Test func `many that open a warehouse at once make its indexes once`() async throws {
    let peer = try MongoPeer()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = try await peer.open().getOrCreate(ada) } }
      try await group.waitForAll()
    }
    let indexes = try await peer.pool.withClient("listing") { try $0.indexes(of: "users").count }
    #expect(indexes == 2)
  }

  @Test func `only what is in a document's range is compared by a unique index`() async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(IndexedRecipe.self)
    _ = try await recipes.save([])
    let keys = try await peer.pool.withClient("listing") { client in
      try client.indexes(of: "indexed_recipes").map { ($0["name"], $0["partialFilterExpression"]) }
    }
    #expect(keys.map(\.0) == ["_id_", "twin_slug", "twin_book_page_desc", "twin_page"])
    #expect(keys[1].1 == ["slug": ["$gt": ""]])
    #expect(keys[2].1 == ["book": ["$gt": ""], "page": ["$gte": .double(-.infinity)]])
  }

  @Test func `values that are not of a field's kind count as none`() async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(Recipe.self)
    try await peer.pool.store(
      [
        ["_id": "1", "rating": 1], ["_id": "2", "rating": .double(1)], ["_id": "3", "rating": "1"],
        ["_id": "4", "rating": .null], ["_id": "5"], ["_id": "6", "rating": [1]], ["_id": "7", "rating": .int64(2)],
      ], in: "recipes")
    #expect(try await recipes.counts(by: .rating) == [1: 2, 2: 1, nil: 4])
    #expect(try await recipes.counts(by: .batch) == [nil: 7])
  }

  @Test func `the driver lists collections and measures them`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    _ = try await warehouse.collection(Recipe.self).insert([Recipe(1), Recipe(2)])
    #expect(
      try await warehouse.driver.collectionNames() == ["recipes"])
    let bytes = try await peer.pool.stored(in: "recipes").reduce(0) { try $0 + $1.bytes().count }
    let size = try await warehouse.driver.size(of: "recipes")
    #expect(size.count == 2 && size.bytes == bytes)
    let nothing = try await warehouse.driver.size(of: "nothing")
    #expect(nothing.count == 0 && nothing.bytes == 0)
  }

  @Test(arguments: TestStore.mongoStores)
  func `the Handbook's models load what is stored here`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    _ = try await warehouse.getOrCreate(ada)
    let post = RawDocument(
      category: .posts, link: "https://example.com/posts/1", platform: "linkedin", author: ada, text: "A post.",
      image: "https://example.com/p.png", publishedAt: Date(timeIntervalSince1970: 1_700_000_000))
    _ = try await warehouse.save([post, article(1), article(2), fullDocument])
    let output = try await printed(
      by:
        testPython, packageRoot.appending(path: "Tests/Peers/handbook_reader.py").path, test.url)
    let counts = try JSONDecoder().decode([String: Int].self, from: Data(output.utf8))
    #expect(counts == ["users": 1, "posts": 1, "articles": 2, "repositories": 1])
  }

  @Test func `what the peer does with documents is what mongomock does`() async throws {
    let cases = try await printed(
      by: testPython, packageRoot.appending(path: "Tests/Peers/mongo_semantics_check.py").path)
    #expect(Int(cases.trimmingCharacters(in: .newlines)) == 4320)
  }

  @Test(arguments: TestStore.mongoStores)
  func `information names the server without credentials`(store: TestStore) async throws {
    let test = try await store.make()
    let information = try await test.open().information()
    #expect(information.kind == "MongoDB")
    #expect(information.version.contains("."))
    #expect(information.location.hasPrefix("mongodb") && !information.location.contains("@"))
  }
}

private func createIndex(_ index: BSONValue, of collection: String, _ peer: MongoPeer) async throws {
  _ = try await peer.pool.withClient("preparing") {
    try $0.write(["createIndexes": .string(collection), "indexes": [index]])
  }
}

/// A post as other programs may have stored it.
private func foreign(_ id: String, link: BSONValue?) -> BSONValue {
  var document: BSONDocument = [
    "_id": .string(id), "content": ["Content": "text"], "platform": "linkedin", "author_id": .string(ada.id.uuidString),
    "author_full_name": "Ada Example",
  ]
  document["link"] = link
  return .document(document)
}

private func printed(by program: String, _ arguments: String...) async throws -> String {
  let result = try await run(program, arguments)
  guard result.status == 0 else { throw Unexpected("\(arguments[0]) failed: \(result)") }
  return result.output
}
