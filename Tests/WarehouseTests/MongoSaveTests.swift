import BSON
import Domain
import TestSupport
import Testing

@testable import Warehouse

@Suite("MongoDB saves") struct MongoSaveTests {
  struct Loss: Sendable, CustomTestStringConvertible {
    let write: Int
    let isAnswerLost: Bool
    let times: Int
    let isStandalone: Bool
    var testDescription: String {
      "\(isStandalone ? "standalone" : "replica set"), write \(write), \(isAnswerLost ? "answer" : "request") lost "
        + "\(times) times"
    }
  }

  static let losses = [1, 3].flatMap { write in
    [true, false].flatMap { isAnswerLost in
      [1, 2].flatMap { times in
        [true, false].map {
          Loss(write: write, isAnswerLost: isAnswerLost, times: times, isStandalone: $0)
        }
      }
    }
  }

  @Test(arguments: losses)
  func `a connection that breaks in the middle of a batch doubles and loses nothing`(loss: Loss) async throws {
    let peer = try loss.isStandalone ? MongoPeer("--standalone") : MongoPeer()
    let warehouse = try await peer.open()
    let documents = (0..<250).map { article($0) }
    let stored = documents[..<10] + (10..<30).map { article($0, text: "Older.") }
    _ = try await warehouse.save(Array(stored))
    try await peer.drop(atWrite: loss.write, isAnswerLost: loss.isAnswerLost, times: loss.times)
    let outcomes = try await warehouse.save(documents)
    #expect(outcomes == documents.indices.map { $0 < 10 ? .unchanged : $0 < 30 ? .updated : .inserted })
    // A lone server that lost its answer is not asked again: what it has stored is looked at.
    #expect((1...loss.times).contains(try await peer.count("dropped")))
    if loss.isAnswerLost, !loss.isStandalone { #expect(try await peer.count("replayed") > 0) }
    #expect(try await warehouse.collection(.articles).all().map(\.id) == documents.map(\.id).sorted())
    #expect(try await warehouse.save(documents) == Array(repeating: .unchanged, count: 250))
  }

  @Test func `a server that keeps breaking off is an error, and saving again completes it`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    let documents = (0..<250).map { article($0) }
    try await peer.drop(atWrite: 2, isAnswerLost: false, times: 6)
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.save(documents) }
    guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
    let outcomes = try await warehouse.save(documents)
    #expect(outcomes.count { $0 == .unchanged } == 100)
    #expect(outcomes.count { $0 == .inserted } == 150)
    #expect(try await warehouse.collection(.articles).count() == 250)
  }

  @Test func `what the replicas do not confirm is an error, and saving again completes it`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    try await peer.keepUnreplicated(1)
    let error = await #expect(throws: WarehouseError.self) { try await warehouse.save([article(1)]) }
    guard case .notReplicated = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(try await warehouse.save([article(1)]) == [.unchanged])
  }

  /// A document that keeps what every writer adds.
  struct Tally: Document, Hashable {
    static let collection = "tallies"
    var id = Identifier("tally", ["1"])
    var names: [String]
    /// What makes the document too large to be sent beside its successor.
    var ballast: String

    func reconciled(with stored: Tally) -> Reconciliation<Tally> {
      var merged = self
      merged.id = stored.id
      merged.names = Array(Set(names + stored.names)).sorted()
      return merged == stored ? .keep : .replace(merged)
    }
  }

  @Test(arguments: [0, 1500])
  func `another writer's document is never overwritten unseen`(ballast: Int) async throws {
    let peer = try MongoPeer("--limits", "4096,65536,1000")
    let collections = [
      try await peer.open().collection(Tally.self), try await peer.open().collection(Tally.self),
    ]
    let text = String(repeating: "x", count: ballast)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<12 {
        group.addTask {
          let outcome = try await collections[number % 2].save(Tally(names: ["writer \(number)"], ballast: text))
          #expect(outcome == .inserted || outcome == .updated)
        }
      }
      try await group.waitForAll()
    }
    let tally = try await collections[0].all()
    #expect(tally.map(\.names) == [(0..<12).map { "writer \($0)" }.sorted()])
  }

  /// Which of two documents is the large one: the stored one, or the one that takes its place.
  enum Large: CaseIterable { case stored, replacement }

  @Test(arguments: Large.allCases)
  func `large documents are saved few at a time, however small the new ones are`(large: Large) async throws {
    let peer = try MongoPeer()
    let heaps = try await peer.open().collection(Heap.self)
    let count = 40
    let text = String(repeating: "x", count: large == .stored ? 1 << 20 : 1 << 19)
    _ = try await heaps.insert((0..<count).map { Heap(id: Identifier("heap", ["\($0)"]), text: text, copies: 1) })
    let (finds, writes) = (try await peer.commands("find"), try await peer.batches().count)

    let copies = large == .stored ? 0 : 5
    let changes = (0..<count).map { Heap(id: Identifier("heap", ["\($0)"]), text: "", copies: copies) }
    #expect(try await heaps.save(changes) == Array(repeating: .updated, count: count))
    for try await heap in heaps.find(batchSize: 1) { #expect(heap.text.utf8.count == text.utf8.count * copies) }

    // No reading has had more than 16 MiB and a document, no command more than 32 MiB and a replacement with what it is
    // compared with, which is 3 MiB here.
    let batches = try await peer.batches().dropFirst(writes)
    #expect(batches.reduce(0, +) == count)
    #expect((batches.max() ?? 0) <= (large == .stored ? 17 : 11))
    #expect(try await peer.commands("find") >= finds + 3)
  }

  /// A document whose successor has its text so many times.
  struct Heap: Document {
    static let collection = "heaps"
    var id: Identifier
    var text: String
    var copies: Int

    func reconciled(with stored: Heap) -> Reconciliation<Heap> {
      .replace(Heap(id: stored.id, text: String(repeating: stored.text, count: copies), copies: copies))
    }
  }

  @Test func `tasks of two pools that ask for one user at once get one`() async throws {
    let peer = try MongoPeer()
    let warehouses = [try await peer.open(), try await peer.open()]
    let users = try await withThrowingTaskGroup(of: User.self) { group in
      for number in 0..<32 { group.addTask { try await warehouses[number % 2].getOrCreate(ada) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(users == Array(repeating: ada, count: 32))
    #expect(try await warehouses[0].users() == [ada])
  }

  @Test(arguments: [true, false], [1, 2])
  func `a user is made once when the connection breaks`(isAnswerLost: Bool, times: Int) async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    try await peer.drop(atWrite: 1, isAnswerLost: isAnswerLost, times: times)
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.users() == [ada])
  }

  @Test(arguments: TestStore.mongoStores)
  func `what is found or inserted takes nothing from the filter`(store: TestStore) async throws {
    let recipes = try await store.make().open().collection(Recipe.self)
    let soup = Recipe(1, title: "Soup")
    #expect(try await recipes.findOrInsert(soup, matching: .title == "Other" && Field.rating.isNil) == soup)
    #expect(try await recipes.findOrInsert(Recipe(2), matching: .title == "Soup") == soup)
    #expect(try await recipes.all() == [soup])
  }

  @Test func `a change whose answer is lost is made once, or reported`() async throws {
    let peer = try MongoPeer()
    let recipes = try await peer.open().collection(Recipe.self)
    _ = try await recipes.insert([Recipe(1), Recipe(2)])
    try await peer.drop(["findAndModify"])
    #expect(try await recipes.updateFirst(.id == Recipe(1).id, changes: .increment(.servings))?.servings == 2)
    // A change of many has no transaction number: nobody repeats it.
    try await peer.drop(["update"])
    let error = await #expect(throws: WarehouseError.self) { try await recipes.update(.all, .increment(.servings)) }
    guard case .interrupted = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(try await recipes.all(sortedBy: .ascending(.servings)).map(\.servings) == [3, 3])
    try await peer.drop(["delete"], isAnswerLost: false)
    let deletion = await #expect(throws: WarehouseError.self) { try await recipes.delete(.all) }
    guard case .interrupted = deletion else { throw Unexpected("the error was \(String(describing: deletion))") }
    #expect(try await recipes.delete(.all) == 2)
  }
}
