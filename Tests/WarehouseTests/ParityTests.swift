import BSON
import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@testable import Warehouse

/// Where stores could easily differ, and must not.
@Suite("Parity", .dropsDatabases) struct ParityTests {
  /// Documents whose fields are what BSON says, not what a type says.
  struct Loose: Document, Hashable {
    static let collection = "loose"
    var id: Identifier
    var value: BSONValue?
    var tags: BSONValue?

    init(_ number: Int, value: BSONValue? = nil, tags: BSONValue? = nil) {
      id = Identifier("loose", [String(number)])
      (self.value, self.tags) = (value, tags)
    }
  }

  struct Nested: Projection {
    struct Value: Decodable { var inner: String }
    static let fields: [ProjectedField<Loose>] = [.init(Field<Loose, String>("value.inner"))]
    var id: Identifier
    var value: Value?
  }

  private let number = Field<Loose, Double>("value")
  private let text = Field<Loose, String>("value")

  private func store(_ store: TestStore, _ documents: [Loose]) async throws -> DocumentCollection<Loose> {
    let collection = try await store.make().open().collection(Loose.self)
    #expect(try await collection.insert(documents).allSatisfy { $0 == .inserted })
    return collection
  }

  @Test(arguments: TestStore.available)
  func `a double is found by its own value, whatever its last bit`(store: TestStore) async throws {
    var random = SeededGenerator(seed: 5)
    var values = [51.52053523675308, 0.1 + 0.2, .infinity, -.infinity, 5, 1e300, -0.0, .leastNonzeroMagnitude]
    for _ in 0..<300 {
      let number = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
      if number.isFinite { values.append(number) }
      values.append(Double.random(in: 0...100, using: &random))
    }
    let collection = try await self.store(store, values.enumerated().map { Loose($0, value: .double($1)) })
    for value in values {
      #expect(try await collection.count(number == value) == 1, "\(value)")
      #expect(try await collection.count(number.isIn([value, -1.25])) == 1, "\(value)")
    }
    #expect(try await Set(collection.counts(by: number).keys.compactMap(\.self)) == Set(values))
  }

  @Test(arguments: TestStore.available)
  func `a value of another type is no text and no element`(store: TestStore) async throws {
    let collection = try await self.store(
      store,
      [
        Loose(1, value: 5, tags: "v"), Loose(2, value: .int64(5), tags: ["k": "v"]), Loose(3, value: "5", tags: ["v"]),
        Loose(4, value: .null), Loose(5), Loose(6, value: ["$numberInts": "5"]), Loose(7, value: .double(5)),
      ])
    func found(_ filter: Filter<Loose>) async throws -> Set<Identifier> {
      Set(try await collection.all(filter).map(\.id))
    }
    func ids(_ numbers: Int...) -> Set<Identifier> { Set(numbers.map { Loose($0).id }) }
    #expect(try await found(text == "5") == ids(3))
    #expect(try await found(text >= "") == ids(3))
    #expect(try await found(number == 5) == ids(1, 2, 7))
    #expect(try await found(number > 4) == ids(1, 2, 7))
    #expect(try await found(text.isNil) == ids(4, 5))
    #expect(try await found(text != "5") == ids(1, 2, 4, 5, 6, 7))
    #expect(try await found(Field<Loose, [String]>("tags").contains("v")) == ids(3))
  }

  @Test(arguments: TestStore.available)
  func `what a projection asks for and is missing is missing`(store: TestStore) async throws {
    let collection = try await self.store(
      store, [Loose(1, value: ["inner": "a", "other": "b"]), Loose(2), Loose(3, value: .null)])
    var found: [Identifier: String] = [:]
    for try await view in collection.find(as: Nested.self) { found[view.id] = view.value?.inner ?? "none" }
    #expect(found == [Loose(1).id: "a", Loose(2).id: "none", Loose(3).id: "none"])
  }

  @Test(arguments: TestStore.available)
  func `an identifier is never changed`(store: TestStore) async throws {
    let collection = try await self.store(store, [Loose(1)])
    await #expect(throws: WarehouseError.self) {
      try await collection.update(.all, .set(.id, to: Identifier("other", [])))
    }
    await #expect(throws: WarehouseError.self) { try await collection.updateFirst(.all, changes: .unset(.id)) }
    #expect(try await collection.all() == [Loose(1)])
  }

  @Test(arguments: TestStore.available)
  func `the empty text is no key`(store: TestStore) async throws {
    let collection = try await store.make().open().collection(IndexedRecipe.self)
    func recipe(_ number: Int, _ slug: String?) -> IndexedRecipe {
      IndexedRecipe(id: Identifier("indexed", ["\(number)"]), slug: slug)
    }
    let outcomes = try await collection.insert([recipe(1, ""), recipe(2, ""), recipe(3, nil), recipe(4, "a")])
    #expect(outcomes == [.inserted, .inserted, .inserted, .inserted])
    #expect(try await collection.save([recipe(5, ""), recipe(6, "a")]) == [.inserted, .unchanged])
    #expect(try await collection.count(.slug == "") == 3)
    #expect(try await collection.count(Field.slug.isIn(["", "a"])) == 4)
  }

  @Test(arguments: TestStore.available)
  func `a NUL character is in no key`(store: TestStore) async throws {
    let collection = try await store.make().open().collection(IndexedRecipe.self)
    let plain = IndexedRecipe(id: Identifier("indexed", ["1"]), slug: "a")
    let odd = IndexedRecipe(id: Identifier("indexed", ["2"]), slug: "a\0b")
    #expect(try await collection.save([plain]) == [.inserted])
    guard case .failed(.unencodable) = try await collection.save([odd])[0] else { throw Unexpected("it was stored") }
    #expect(try await collection.delete(.slug == "a\0b") == 0)
    #expect(try await collection.delete(Field.slug.isIn(["a\0b"])) == 0)
    #expect(try await collection.all() == [plain])
  }

  @Test func `a document that extended JSON cannot say is refused by the embedded store, before it is stored`()
    async throws
  {
    let collection = try await self.store(.sqlite, [Loose(1)])
    var deep: BSONValue = .date(milliseconds: 1)
    for _ in 0..<96 { deep = ["a": deep] }
    let documents: [Loose] = [
      Loose(2, value: ["$date": "hello"]), Loose(3, value: ["$numberInt": "5"]), Loose(4, value: ["$set": "fine"]),
      Loose(5, value: deep), Loose(6, value: ["$oid": "0123456789abcdef01234567"]),
    ]
    let outcomes = try await collection.insert(documents)
    for (document, outcome) in zip(documents, outcomes) {
      switch outcome {
      case .inserted: #expect(try await collection.document(document.id) == document)
      case .failed(.unencodable): #expect(try await collection.document(document.id) == nil)
      default: Issue.record("\(outcome)")
      }
    }
    #expect(outcomes[2] == .inserted)
    for place in [0, 1, 4] { #expect(outcomes[place] != .inserted) }
    // All the rest is read as ever.
    #expect(try await collection.all().count == 1 + outcomes.count { $0 == .inserted })
  }

  @Test func `a row that is no document is reported, replaced and never updated`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("w.sqlite")
    let warehouse = try await Warehouse.open("sqlite:\(path)")
    let collection = warehouse.collection(Recipe.self)
    _ = try await collection.save([Recipe(1), Recipe(2)])
    let broken = Recipe(3)
    let driver = try #require(warehouse.driver as? SQLiteDriver)
    try await driver.database.write {
      try $0.execute(
        sql: "INSERT INTO recipes VALUES (?, '{\"title\": {\"$date\": \"hello\"}}')", arguments: [broken.id.uuidString])
    }
    var unreadable: [UnreadableDocument] = []
    var readable: [Recipe] = []
    for try await batch in collection.find().batches {
      readable += batch.documents
      unreadable += batch.unreadable
    }
    #expect(Set(readable) == [Recipe(1), Recipe(2)])
    #expect(unreadable.map(\.id) == [broken.id])
    await #expect(throws: WarehouseError.self) { try await collection.update(.id == broken.id, .unset(.rating)) }
    #expect(try await collection.save([broken]) == [.updated])
    #expect(try await collection.document(broken.id) == broken)
  }

  @Test func `indexes of names that look alike are all made, and made anew when they change`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("w.sqlite")
    struct First: Document {
      static let collection = "posts_of"
      static let indexes: [Index<First>] = [.unique(Field<First, String>("me"))]
      var id: Identifier
      var me: String?
    }
    struct Second: Document {
      static let collection = "posts"
      static let indexes: [Index<Second>] = [.unique(Field<Second, String>("of_me"))]
      var id: Identifier
      var of_me: String?
    }
    struct Changed: Document {
      static let collection = "posts_of"
      static let indexes: [Index<Changed>] = [.unique(Field<Changed, Int>("me"))]
      var id: Identifier
      var me: Int?
    }
    let warehouse = try await Warehouse.open("sqlite:\(path)")
    let firsts = warehouse.collection(First.self)
    let seconds = warehouse.collection(Second.self, named: "posts_")
    _ = try await firsts.insert([First(id: Identifier("a", ["1"]), me: "x")])
    let twice = ["1", "2"].map { Second(id: Identifier("b", [$0]), of_me: "x") }
    #expect(try await seconds.insert(twice)[1] != .inserted)
    let changed = try await Warehouse.open("sqlite:\(path)").collection(Changed.self)
    let numbers = ["3", "4"].map { Changed(id: Identifier("c", [$0]), me: 7) }
    #expect(try await changed.insert(numbers)[1] != .inserted)
    await #expect(throws: WarehouseError.self) { try await warehouse.collection(First.self, named: "POSTS_OF").count() }
  }

  @Test(arguments: TestStore.mongoStores)
  func `what is only read gets no indexes`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    _ = try await warehouse.statistics()
    _ = try await warehouse.document(link: "x")
    #expect(try await warehouse.driver.collectionNames().isEmpty)
    #expect(try await warehouse.save([article(1)]) == [.inserted])
    #expect(try await warehouse.driver.collectionNames().contains("articles"))
  }
}
