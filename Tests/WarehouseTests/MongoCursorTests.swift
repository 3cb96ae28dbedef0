import BSON
import Domain
import TestSupport
import Testing

@testable import Warehouse

@Suite("MongoDB cursors", .timeLimit(.minutes(15))) struct MongoCursorTests {
  private func recipes(_ peer: MongoPeer, _ count: Int) async throws -> DocumentCollection<Recipe> {
    let recipes = try await peer.open().collection(Recipe.self)
    let outcomes = try await recipes.insert((0..<count).map { Recipe($0) })
    #expect(outcomes.allSatisfy { $0 == .inserted })
    return recipes
  }

  private func ids(_ count: Int) -> [Identifier] { (0..<count).map { Recipe($0).id }.sorted() }

  @Test func `documents come over one cursor in batches`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 1000)
    let finds = try await peer.commands("find")
    var count = 0
    for try await batch in recipes.find(batchSize: 100).batches {
      #expect(batch.documents.count == 100)
      count += batch.documents.count
    }
    #expect(count == 1000)
    #expect(try await peer.commands("find") == finds + 1)
    #expect((9...10).contains(try await peer.commands("getMore")))
    #expect(try await peer.count("cursors") == 0)
  }

  @Test func `a cursor that the server has forgotten goes on where it was`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 1000)
    var found: [Identifier] = []
    for try await recipe in recipes.find(limit: 950, batchSize: 100) {
      found.append(recipe.id)
      if found.count % 250 == 0 { try await peer.forgetCursors() }
    }
    #expect(found == Array(ids(1000)[..<950]))
  }

  @Test(arguments: [1, 2, 3, 5], [true, false])
  func `a cursor whose connection breaks goes on where it was`(place: Int, isAnswerLost: Bool) async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 700)
    try await peer.drop(["getMore", "find"], at: place, isAnswerLost: isAnswerLost, times: 2)
    var found: [Identifier] = []
    for try await recipe in recipes.find(.servings >= 0, batchSize: 100) { found.append(recipe.id) }
    #expect(found == ids(700))
    #expect(try await peer.count("dropped") == 2)
  }

  @Test func `a connection that breaks again and again is an error`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 300)
    try await peer.drop(["getMore", "find"], at: 2, times: 20)
    let error = await #expect(throws: WarehouseError.self) {
      for try await _ in recipes.find(batchSize: 100) {}
    }
    guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
  }

  @Test func `a sorted reading that breaks off says so`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 300)
    var count = 0
    let error = await #expect(throws: WarehouseError.self) {
      for try await _ in recipes.find(sortedBy: .descending(.servings), batchSize: 100) {
        count += 1
        if count == 100 { try await peer.forgetCursors() }
      }
    }
    guard case .readingInterrupted(_, "recipes", _) = error else {
      throw Unexpected("the error was \(String(describing: error))")
    }
    #expect(count == 100)
    // Before the first document it is only begun again.
    try await peer.drop(["find"], times: 2)
    #expect(try await recipes.first(.all, sortedBy: .descending(.servings))?.servings == 299)
  }

  @Test func `200 readings at once, one step of each after the other, see everything`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 210)
    var iterators = (0..<200).map { _ in recipes.find(batchSize: 100).batches.makeAsyncIterator() }
    var found = [[Identifier]](repeating: [], count: iterators.count)
    for _ in 0..<3 {
      for index in iterators.indices { found[index] += try await iterators[index].next()?.documents.map(\.id) ?? [] }
    }
    let expected = ids(210)
    #expect(found.allSatisfy { $0 == expected })
    for index in iterators.indices { #expect(try await iterators[index].next() == nil) }
    // The places of 32 cursors, the threads, the monitors, and the other pool.
    #expect(try await peer.count("most") < 60)
  }

  @Test func `tasks that read in loops within loops do not wait for each other`() async throws {
    let peer = try MongoPeer()
    let recipes = try await recipes(peer, 120)
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<40 {
        group.addTask {
          var count = 0
          for try await outer in recipes.find(.servings < 2) {
            for try await middle in recipes.find(.servings < 2) {
              for try await _ in recipes.find(batchSize: 100) { count += 1 }
              #expect(try await recipes.document(middle.id) == middle)
            }
            #expect(try await recipes.document(outer.id) == outer)
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(total == 40 * 2 * 2 * 120)
  }

  @Test func `readings that are left open give everything back`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    let recipes = warehouse.collection(Recipe.self)
    _ = try await recipes.insert((0..<250).map { Recipe($0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<400 {
        group.addTask {
          var iterator =
            number % 2 == 0
            ? recipes.find(batchSize: 100).makeAsyncIterator()
            : recipes.find(sortedBy: .ascending(.servings), batchSize: 100).makeAsyncIterator()
          let first = try await iterator.next()
          #expect(first != nil)
        }
      }
      try await group.waitForAll()
    }
    try await expectNoCursors(of: warehouse, peer)
    #expect(try await recipes.count() == 250)
  }

  @Test func `a cancelled reading gives everything back`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    let recipes = warehouse.collection(Recipe.self)
    _ = try await recipes.insert((0..<250).map { Recipe($0) })
    let task = Task {
      for try await _ in recipes.find(batchSize: 100) { withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    try await expectNoCursors(of: warehouse, peer)
  }

  @Test func `too many sorted readings at once are an error, not a standstill`() async throws {
    let peer = try MongoPeer()
    let warehouse = try await peer.open()
    let recipes = warehouse.collection(Recipe.self)
    _ = try await recipes.insert((0..<150).map { Recipe($0) })
    var iterators = (0..<OpenCursors.maximumSorted).map { _ in
      recipes.find(sortedBy: .ascending(.servings), batchSize: 100).makeAsyncIterator()
    }
    for index in iterators.indices { #expect(try await iterators[index].next()?.servings == 0) }
    let error = await #expect(throws: WarehouseError.self) { try await recipes.all(sortedBy: .ascending(.servings)) }
    #expect(error?.description.contains("256 sorted readings are open at once") == true)
    // Everything else works, and one that ends makes room.
    #expect(try await recipes.all().count == 150)
    while try await iterators[0].next() != nil {}
    #expect(try await recipes.all(sortedBy: .ascending(.servings)).count == 150)
    iterators = []
    try await expectNoCursors(of: warehouse, peer)
  }

  /// Waits until nothing is held any more; the suite's time limit ends what never is.
  private func expectNoCursors(of warehouse: Warehouse, _ peer: MongoPeer) async throws {
    let driver = try #require(warehouse.driver as? MongoDriver)
    while driver.pool.openCursors.count > 0 { try await Task.sleep(for: .milliseconds(5)) }
    while try await peer.count("cursors") > 0 { try await Task.sleep(for: .milliseconds(5)) }
  }
}
