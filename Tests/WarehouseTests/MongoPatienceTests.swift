import Domain
import TestSupport
import Testing

@testable import Warehouse

/// Servers that take longer than the timeout of a connection.
@Suite("MongoDB patience", .timeLimit(.minutes(15))) struct MongoPatienceTests {
  /// Far more than a peer needs for an answer, and less than those that are late take.
  private static let timeout = 1500
  private static let late = 3500

  private let peer: MongoPeer

  init() throws { peer = try MongoPeer() }

  private func opened(longCommands: Duration = .seconds(60), timeout: Int = timeout) async throws -> Warehouse {
    var options = WarehouseOptions()
    options.longCommandTimeout = longCommands
    return try await Warehouse.open("\(peer.url)?socketTimeoutMS=\(timeout)", options: options)
  }

  @Test func `indexes that take longer than a connection's timeout are waited for`() async throws {
    let recipes = try await opened().collection(IndexedRecipe.self)
    try await peer.delay(["createIndexes"], milliseconds: Self.late)
    #expect(try await recipes.save([IndexedRecipe(id: Identifier(existing: "1"))]) == [.inserted])
    // The second request waits for what the first one began.
    #expect(try await peer.commands("createIndexes") == 2)
    let indexes = try await peer.pool.withClient("listing") { try $0.indexes(of: "indexed_recipes").count }
    #expect(indexes == 1 + IndexedRecipe.indexes.count)
  }

  @Test func `indexes are not waited for without an end`() async throws {
    let recipes = try await opened(longCommands: .milliseconds(300), timeout: 300).collection(IndexedRecipe.self)
    try await peer.delay(["createIndexes"], milliseconds: 60_000)
    await #expect(throws: WarehouseError.self) { try await recipes.save([]) }
    let requests = try await peer.commands("createIndexes")
    #expect(1...2 ~= requests)
  }

  @Test func `what may walk through a whole collection is waited for, and sent once`() async throws {
    let recipes = try await opened().collection(Recipe.self)
    _ = try await recipes.save([Recipe(1), Recipe(2), Recipe(3)])
    let before = try await peer.count("executed")
    try await peer.delay(["update", "findAndModify", "aggregate"], milliseconds: Self.late)
    async let count = recipes.count()
    async let groups = recipes.counts(by: .servings)
    async let update = recipes.update(.servings < 3, .set(.rating, to: 5))
    async let first = recipes.updateFirst(.servings == 3, changes: .set(.rating, to: 4))
    #expect(try await count == 3)
    #expect(try await groups == [1: 1, 2: 1, 3: 1])
    #expect(try await update == UpdateOutcome(matched: 2, modified: 2))
    #expect(try await first?.rating == 4)
    try await peer.delay(["delete"], milliseconds: Self.late)
    #expect(try await recipes.delete(.rating == 5) == 2)
    #expect(try await peer.commands("aggregate") == 2)
    #expect(try await peer.count("executed") == before + 3)
  }

  @Test func `a change that is not waited for any longer is not sent again`() async throws {
    let recipes = try await opened(longCommands: .milliseconds(300), timeout: 300).collection(Recipe.self)
    _ = try await recipes.save([Recipe(1)])
    let before = try await peer.count("executed")
    try await peer.delay(["delete"], milliseconds: 60_000)
    let error = await #expect(throws: WarehouseError.self) { try await recipes.delete(.servings == 1) }
    guard case .interrupted = error else { throw Unexpected("the error was \(String(describing: error))") }
    #expect(try await peer.count("executed") == before + 1)
  }

  @Test func `what is answered at once has the connection's timeout`() async throws {
    let recipes = try await opened(timeout: 300).collection(Recipe.self)
    try await peer.delay(["find"], milliseconds: 60_000)
    let error = await #expect(throws: WarehouseError.self) { try await recipes.all() }
    guard case .serverUnreachable = error else { throw Unexpected("the error was \(String(describing: error))") }
  }
}
