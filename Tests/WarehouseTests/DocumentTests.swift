import Domain
import Foundation
import Testing
import Warehouse

@Suite("Documents", .dropsDatabases) struct DocumentTests {
  @Test(arguments: TestStore.available)
  func `a document reads back as it was saved`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    #expect(try await warehouse.save([fullDocument]) == [.inserted])
    #expect(try await test.open().document(link: fullDocument.link) == fullDocument)
  }

  @Test(arguments: TestStore.available)
  func `saving tells new, changed and equal documents apart`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    #expect(try await warehouse.save([article(1), article(2)]) == [.inserted, .inserted])
    let outcomes = try await warehouse.save([article(3), article(1), article(2, text: "Other text.")])
    #expect(outcomes == [.inserted, .unchanged, .updated])
    #expect(try await warehouse.document(link: article(2).link)?.text == "Other text.")
  }

  @Test(arguments: TestStore.available)
  func `outcomes keep the order of a list of several categories`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save([article(1)])
    #expect(try await warehouse.save([fullDocument, article(1), article(2)]) == [.inserted, .unchanged, .inserted])
  }

  @Test(arguments: TestStore.available)
  func `the same link twice in one call is stored once and the last one wins`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let outcomes = try await warehouse.save([
      article(1, text: "first"), article(1, text: "second"), article(1, text: "second"),
    ])
    #expect(outcomes == [.inserted, .updated, .unchanged])
    #expect(try await warehouse.document(link: article(1).link)?.text == "second")
    #expect(try await warehouse.collection(.articles).count() == 1)
  }

  @Test(arguments: TestStore.available)
  func `the identifier of a stored document with the same link wins`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    var imported = article(1)
    imported.id = Identifier(existing: "1f0ba7d2-4d93-4a52-9f5f-3c6f2c6f8b11")
    _ = try await warehouse.save([imported])
    #expect(try await warehouse.save([article(1), article(1, text: "new")]) == [.unchanged, .updated])
    let stored = try await warehouse.document(link: article(1).link)
    #expect(stored?.id == imported.id)
    #expect(stored?.text == "new")
  }

  @Test(arguments: TestStore.available)
  func `a document whose link was corrected keeps its place`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save([article(1)])
    var moved = article(1)
    moved.link = "https://example.com/moved"
    #expect(try await warehouse.save([moved]) == [.updated])
    #expect(try await warehouse.collection(.articles).count() == 1)
    #expect(try await warehouse.document(link: "https://example.com/moved")?.id == article(1).id)
  }

  @Test(arguments: TestStore.available)
  func `a field that is gone from a document is gone from the store`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    var document = fullDocument
    _ = try await warehouse.save([document])
    document.image = nil
    #expect(try await warehouse.save([document]) == [.updated])
    #expect(try await warehouse.document(link: document.link)?.image == nil)
  }

  @Test(arguments: TestStore.available)
  func `news about the crawl is stored without counting as a change`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let source = "https://example.com/feed"
    _ = try await warehouse.save([article(1, crawl: crawl(source, entityTag: "a"))])
    let again = article(1, crawl: crawl(source, at: 1_760_000_000, entityTag: "b"))
    #expect(try await warehouse.save([again, article(1)]) == [.unchanged, .unchanged])
    #expect(try await warehouse.crawledLink(again.link)?.crawl == again.crawl)
  }

  @Test(arguments: TestStore.available)
  func `documents come in batches, ordered by identifier, of the authors asked for`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let documents = (0..<230).map { article($0, author: $0 % 3 == 0 ? bob : ada) }
    _ = try await warehouse.save(documents)

    var batches: [[Identifier]] = []
    for try await batch in warehouse.collection(.articles).find(batchSize: 100).batches {
      batches.append(batch.documents.map(\.id))
    }
    #expect(batches.map(\.count) == [100, 100, 30])
    #expect(batches.flatMap(\.self) == documents.map(\.id).sorted())

    var ofBob: [Identifier] = []
    for try await document in warehouse.documents(in: .articles, authors: [bob.id]) { ofBob.append(document.id) }
    #expect(ofBob == documents.filter { $0.authorID == bob.id }.map(\.id).sorted())

    for try await document in warehouse.documents(in: .articles, authors: []) {
      Issue.record("no author was asked for, but got \(document.link)")
    }
  }

  @Test(arguments: TestStore.available)
  func `the links of a source are those of its author`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let feed = "https://example.com/feed"
    _ = try await warehouse.save([
      article(1, crawl: crawl(feed)), article(2, crawl: crawl(feed, at: 1_760_000_000)),
      article(3, crawl: crawl("https://example.com/other")), article(4, author: bob, crawl: crawl(feed)), article(5),
    ])
    let links = try await warehouse.links(fromSource: feed, author: ada.id)
    #expect(Set(links.keys) == [article(1).link, article(2).link])
    #expect(links[article(1).link]?.id == article(1).id)
    #expect(links[article(1).link]?.category == .articles)
    #expect(links[article(1).link]?.crawl == crawl(feed))
  }

  @Test(arguments: TestStore.available)
  func `what is gone is kept and left out, and is back when it is stored again`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let documents = (1...3).map { article($0, crawl: crawl("https://example.com/feed")) }
    _ = try await warehouse.save(documents)
    let date = Date(timeIntervalSince1970: 1_760_000_000)
    let ids = [documents[0].id, documents[2].id, article(9).id]
    #expect(try await warehouse.markGone(ids, in: .articles, at: date) == 2)
    #expect(try await warehouse.markGone(ids, in: .articles, at: date + 1) == 0)
    #expect(try await warehouse.document(link: documents[0].link)?.crawl?.goneSince == date)
    func links(includingGone: Bool) async throws -> [String] {
      try await warehouse.documents(in: .articles, includingGone: includingGone).reduce(into: []) { $0.append($1.link) }
    }
    #expect(try await links(includingGone: false) == [documents[1].link])
    #expect(try await links(includingGone: true).count == 3)
    #expect(try await warehouse.statistics().collections.first { $0.name == "articles" }?.gone == 2)
    #expect(try await warehouse.links(fromSource: "https://example.com/feed", author: ada.id).count == 3)
    #expect(try await warehouse.save(documents) == [.updated, .unchanged, .updated])
    #expect(try await links(includingGone: false).count == 3)
  }

  @Test(arguments: TestStore.available)
  func `deleting says how many there were`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save([article(1), article(2), article(3)])
    let ids = [article(1).id, article(3).id, article(9).id]
    #expect(try await warehouse.delete(ids, in: .articles) == 2)
    #expect(try await warehouse.delete(ids, in: .articles) == 0)
    #expect(try await warehouse.delete([], in: .articles) == 0)
    #expect(try await warehouse.document(link: article(2).link) != nil)
  }

  @Test(arguments: TestStore.available)
  func `a document that is too large is named and does not stop the others`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let large = article(2, text: String(repeating: "x", count: Warehouse.maximumDocumentBytes))
    let outcomes = try await warehouse.save([article(1), large, article(3)])
    #expect(outcomes[0] == .inserted)
    #expect(outcomes[2] == .inserted)
    guard case .failed(let error) = outcomes[1] else { throw Unexpected("the large document was \(outcomes[1])") }
    #expect(error.description.contains(large.link))
    #expect(error.description.contains("16777216"))
    #expect(try await warehouse.document(link: large.link) == nil)
  }

  @Test(arguments: TestStore.available)
  func `values that look like operators or SQL are only text`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.save([article(1), article(2)])
    for hostile in [#"{"$gt": ""}"#, "' OR '1'='1", "\"; DROP TABLE articles; --", "$ne", "%", "a\u{1}b", "\\"] {
      #expect(try await warehouse.document(link: hostile) == nil)
      #expect(try await warehouse.user(named: hostile) == nil)
      #expect(try await warehouse.links(fromSource: hostile, author: ada.id).isEmpty)
      #expect(try await warehouse.delete([Identifier(existing: hostile)], in: .articles) == 0)

      var document = article(3)
      document.link = hostile
      document.id = Identifier("document", [hostile])
      document.tags = [hostile]
      #expect(try await warehouse.save([document]) == [.inserted])
      #expect(try await warehouse.document(link: hostile) == document)
      let stored = try await warehouse.getOrCreate(User(fullName: hostile))
      #expect(try await warehouse.user(named: hostile) == stored)
    }
    #expect(try await warehouse.collection(.articles).count() == 9)
  }

  @Test(arguments: TestStore.available)
  func `writers at once store each document once`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    let others = [warehouse, try await test.open(), try await test.open()]
    let documents = (0..<40).map { article($0) }
    let outcomes = try await withThrowingTaskGroup(of: [SaveOutcome].self) { group in
      for warehouse in others { group.addTask { try await warehouse.save(documents) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(outcomes.count { $0 == .inserted } == 40)
    #expect(outcomes.count { $0 == .unchanged } == 80)
    #expect(try await warehouse.collection(.articles).count() == 40)
  }
}
