import Domain
import Testing
import Warehouse

@Suite("Users", .dropsDatabases) struct UserTests {
  @Test(arguments: TestStore.available)
  func `a user is made once and found afterwards`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.users() == [ada])
    #expect(try await warehouse.user(named: "Ada  Example") == ada)
    #expect(try await warehouse.user(named: "Bob Builder") == nil)
  }

  @Test(arguments: TestStore.available)
  func `another letter case is the same user`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.getOrCreate(User(fullName: "ada example")) == ada)
    #expect(try await warehouse.user(named: "ADA EXAMPLE") == ada)
  }

  @Test(arguments: TestStore.available)
  func `an imported user wins over a derived one`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    let imported = User(
      id: Identifier(existing: "eff74089-0271-4319-8543-745c087f4f61"), firstName: "Ada", lastName: "Example")
    #expect(try await warehouse.getOrCreate(ada) == ada)
    #expect(try await warehouse.userCollection.save([imported]) == [.inserted])
    #expect(try await warehouse.getOrCreate(ada) == imported)
    #expect(try await warehouse.user(named: "Ada Example") == imported)
  }

  @Test(arguments: TestStore.available)
  func `many who ask at once get one user`(store: TestStore) async throws {
    let test = try await store.make()
    let warehouse = try await test.open()
    let ways = [warehouse, try await test.open(), try await test.open(), try await test.open()]
    let users = try await withThrowingTaskGroup(of: User.self) { group in
      for index in 0..<32 { group.addTask { try await ways[index % ways.count].getOrCreate(ada) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(users == Array(repeating: ada, count: 32))
    #expect(try await warehouse.users() == [ada])
  }

  @Test(arguments: TestStore.available)
  func `users are listed by last name`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    for name in ["Zoe Abel", "Plato", "Ada Example", "Bob Example"] {
      _ = try await warehouse.getOrCreate(User(fullName: name))
    }
    #expect(try await warehouse.users().map(\.fullName) == ["Plato", "Zoe Abel", "Ada Example", "Bob Example"])
    #expect(try await warehouse.deleteUser(User(fullName: "Plato").id))
    #expect(try await warehouse.deleteUser(User(fullName: "Plato").id) == false)
    #expect(try await warehouse.users().count == 3)
  }

  @Test(arguments: TestStore.available)
  func `statistics count by collection, author and platform`(store: TestStore) async throws {
    let warehouse = try await store.make().open()
    _ = try await warehouse.getOrCreate(ada)
    _ = try await warehouse.save([article(1), article(2, author: bob), article(3, platform: "substack"), fullDocument])
    let statistics = try await warehouse.statistics()
    #expect(statistics.collections.map(\.name) == ["users", "posts", "articles", "repositories"])
    #expect(statistics.collections.map(\.count) == [1, 0, 3, 1])
    #expect(statistics.count == 5)
    #expect(statistics.collections[2].authors == ["Ada Example": 2, "Bob Builder": 1])
    #expect(statistics.collections[2].platforms == ["medium": 2, "substack": 1])
    #expect(statistics.collections[1].bytes == 0)
    #expect(statistics.collections[2].bytes > 300)
    #expect(statistics.collections[0].authors.isEmpty)
  }
}
