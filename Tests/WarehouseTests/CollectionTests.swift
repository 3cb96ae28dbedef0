import Domain
import Foundation
import Testing
import Warehouse

@Suite("Collections", .dropsDatabases) struct CollectionTests {
  private func recipes(_ store: TestStore, _ recipes: [Recipe] = []) async throws -> DocumentCollection<Recipe> {
    let collection = try await store.make().open().collection(Recipe.self)
    #expect(try await collection.insert(recipes).allSatisfy { $0 == .inserted })
    return collection
  }

  @Test(arguments: TestStore.available)
  func `a type of one's own needs no more than a collection and an identifier`(store: TestStore) async throws {
    let collection = try await recipes(store)
    var soup = Recipe(1, title: "Soup")
    soup.cookedAt = Date(timeIntervalSince1970: 1_700_000_000.25)
    soup.batch = UUID()
    soup.tags = ["warm", "quick"]
    soup.origin = Recipe.Origin(book: "Plain food", year: 1931)
    soup.rating = 4.5
    #expect(try await collection.save(soup) == .inserted)
    #expect(try await collection.document(soup.id) == soup)
    #expect(try await collection.save(soup) == .unchanged)
    soup.rating = nil
    #expect(try await collection.save(soup) == .updated)
    #expect(try await collection.all() == [soup])
    #expect(try await collection.document(Recipe(2).id) == nil)
  }

  @Test(arguments: TestStore.available)
  func `what is inserted twice is refused, one by one`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(2), Recipe(5)])
    let outcomes = try await collection.insert((1...6).map { Recipe($0) })
    #expect(outcomes.map { $0 == .inserted } == [true, false, true, true, false, true])
    guard case .failed(.conflict(let name, let document, _)) = outcomes[1] else {
      throw Unexpected("\(outcomes[1])")
    }
    #expect(name == "recipes" && document == Recipe(2).id.uuidString)
    #expect(try await collection.count() == 6)
  }

  @Test(arguments: TestStore.available)
  func `an ordered insertion ends where one fails`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(3)])
    let outcomes = try await collection.insert((1...5).map { Recipe($0) }, ordered: true)
    #expect(outcomes[..<2] == [.inserted, .inserted])
    guard case .failed = outcomes[2] else { throw Unexpected("\(outcomes[2])") }
    #expect(outcomes[3...] == [.skipped, .skipped])
    #expect(try await collection.count() == 3)
  }

  @Test(arguments: TestStore.available)
  func `an ordered insertion of many parts ends where one fails`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(1500)])
    let outcomes = try await collection.insert((0..<2500).map { Recipe($0) }, ordered: true)
    #expect(outcomes.count { $0 == .inserted } == 1500)
    #expect(outcomes[1501...].allSatisfy { $0 == .skipped })
    #expect(try await collection.count() == 1501)
  }

  @Test(arguments: TestStore.available)
  func `one document that is there already is an error of its own`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(1)])
    try await collection.insert(Recipe(2))
    await #expect(throws: WarehouseError.self) { try await collection.insert(Recipe(1)) }
    #expect(try await collection.count() == 2)
  }

  @Test(arguments: TestStore.available)
  func `an upsert replaces what is there without asking`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(1)])
    #expect(try await collection.upsert([Recipe(1), Recipe(2)]) == [.updated, .inserted])
    #expect(try await collection.all(sortedBy: .ascending(.servings)) == [Recipe(1), Recipe(2)])
  }

  @Test(arguments: TestStore.available)
  func `documents come in the order that was asked for, as many as were asked for`(store: TestStore) async throws {
    let all = (0..<250).map { number in
      var recipe = Recipe(number)
      recipe.servings = number % 7
      recipe.rating = number % 3 == 0 ? nil : Double(number % 5) / 2
      return recipe
    }
    let collection = try await recipes(store, all)
    // Without a rating first, then by rating; the best served first, then by identifier.
    let expected = all.sorted { left, right in
      let (a, b) = (left.rating ?? -1, right.rating ?? -1)
      return a != b ? a < b : left.servings != right.servings ? left.servings > right.servings : left.id < right.id
    }
    let found = try await collection.all(sortedBy: .ascending(.rating), .descending(.servings))
    #expect(found.map(\.id) == expected.map(\.id))
    let reversed = try await collection.all(sortedBy: .descending(.rating), .ascending(.servings))
    #expect(reversed.map(\.rating) == expected.reversed().map(\.rating))
    #expect(Set(reversed.map(\.id)).count == 250)
    for limit in [0, 1, 99, 100, 101, 250, 300] {
      var count = 0
      for try await _ in collection.find(sortedBy: .ascending(.rating), limit: limit) { count += 1 }
      #expect(count == min(limit, 250), "limit \(limit)")
    }
    #expect(
      try await collection.first(.servings == 6, sortedBy: .descending(.id))?.id
        == all.filter { $0.servings == 6 }.map(\.id).max())
  }

  @Test(arguments: TestStore.available)
  func `a projection has its fields and no others`(store: TestStore) async throws {
    var soup = Recipe(1, title: "Soup")
    soup.origin = Recipe.Origin(book: "Plain food", year: 1931)
    let collection = try await recipes(store, [soup, Recipe(2, title: "Bread")])
    var found: [Headline] = []
    for try await headline in collection.find(as: Headline.self, sortedBy: .descending(.title)) {
      found.append(headline)
    }
    #expect(found.map(\.title) == ["Soup", "Bread"])
    #expect(found.map(\.id) == [soup.id, Recipe(2).id])
    #expect(found.allSatisfy { $0.servings == nil && $0.origin?.book == nil })
    #expect(found[0].origin?.year == 1931 && found[1].origin?.year == nil)
  }

  @Test(arguments: TestStore.available)
  func `values and groups are counted`(store: TestStore) async throws {
    let all = (0..<60).map { number in
      var recipe = Recipe(number)
      recipe.course = Recipe.Course.allCases[number % 3]
      recipe.rating = number % 2 == 0 ? 1.5 : nil
      recipe.isVegan = number % 4 == 0
      recipe.servings = number % 10
      return recipe
    }
    let collection = try await recipes(store, all)
    #expect(try await collection.distinct(.course) == [.dessert, .main, .starter])
    #expect(try await collection.distinct(.servings, .servings < 3) == [0, 1, 2])
    #expect(try await collection.distinct(.rating) == [1.5])
    #expect(try await collection.counts(by: .course) == [.dessert: 20, .main: 20, .starter: 20])
    #expect(try await collection.counts(by: .rating, .isVegan == false) == [1.5: 15, nil: 30])
    #expect(try await collection.counts(by: .isVegan) == [true: 15, false: 45])
    #expect(try await collection.counts(by: .title, .title == "none").isEmpty)
  }

  @Test(arguments: TestStore.available)
  func `updates change what the filter means, and nothing else`(store: TestStore) async throws {
    var soup = Recipe(1, title: "Soup")
    soup.tags = ["warm"]
    let collection = try await recipes(store, [soup, Recipe(2), Recipe(3)])
    #expect(
      try await collection.update(.servings >= 2, .set(.course, to: .dessert), .increment(.servings, by: 10))
        == UpdateOutcome(matched: 2, modified: 2))
    #expect(try await collection.all(sortedBy: .ascending(.servings)).map(\.servings) == [1, 12, 13])
    #expect(
      try await collection.update(.course == .dessert, .set(.course, to: .dessert))
        == UpdateOutcome(matched: 2, modified: 0))
    #expect(try await collection.update(.title == "none", .set(.title, to: "some")).matched == 0)

    try await collection.update(
      .id == soup.id, .append("quick", to: .tags), .set(.book, to: "Plain food"), .set(.year, to: 1931),
      .set(.cookedAt, to: Date(timeIntervalSince1970: 1_700_000_000)))
    soup.tags = ["warm", "quick"]
    soup.origin = Recipe.Origin(book: "Plain food", year: 1931)
    soup.cookedAt = Date(timeIntervalSince1970: 1_700_000_000)
    #expect(try await collection.document(soup.id) == soup)
    try await collection.update(.id == soup.id, .unset(.cookedAt), .append("cheap", to: .tags))
    #expect(try await collection.document(soup.id)?.cookedAt == nil)
    #expect(try await collection.document(soup.id)?.tags == ["warm", "quick", "cheap"])
    #expect(try await collection.count(.cookedAt == Date(timeIntervalSince1970: 1_700_000_000)) == 0)
  }

  @Test(arguments: TestStore.available)
  func `what cannot be updated so is an error`(store: TestStore) async throws {
    let collection = try await recipes(store, [Recipe(1)])
    let titleAsNumber = Field<Recipe, Int>("title")
    await #expect(throws: WarehouseError.self) { try await collection.update(.all, .increment(titleAsNumber)) }
    #expect(try await collection.document(Recipe(1).id) == Recipe(1))
  }

  @Test(arguments: TestStore.available)
  func `of several workers that claim one document, one gets it`(store: TestStore) async throws {
    let test = try await store.make()
    let collections = [
      try await test.open().collection(Recipe.self), try await test.open().collection(Recipe.self),
    ]
    _ = try await collections[0].save((0..<20).map { Recipe($0) })
    let claimed = try await withThrowingTaskGroup(of: [Recipe].self) { group in
      for collection in collections + collections {
        group.addTask {
          var mine: [Recipe] = []
          while let recipe = try await collection.updateFirst(
            .isVegan == false, sortedBy: .descending(.servings), changes: .set(.isVegan, to: true))
          {
            #expect(recipe.isVegan)
            mine.append(recipe)
          }
          return mine
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(claimed.map(\.servings).sorted() == Array(0..<20))
    #expect(try await collections[0].updateFirst(.title == "none", changes: .unset(.rating)) == nil)
  }

  @Test(arguments: TestStore.available)
  func `declared indexes keep what is unique unique`(store: TestStore) async throws {
    let test = try await store.make()
    let collection = try await test.open().collection(IndexedRecipe.self)
    func recipe(_ id: Int, _ slug: String?, _ book: String? = nil, _ page: Int? = nil) -> IndexedRecipe {
      IndexedRecipe(id: Identifier("indexed", ["\(id)"]), slug: slug, book: book, page: page)
    }
    let outcomes = try await collection.insert([
      recipe(1, "soup"), recipe(2, "soup"), recipe(3, nil, "a", 1), recipe(4, nil, "a", 1), recipe(5, nil, "a", 2),
      recipe(6, nil, "a", nil), recipe(7, nil, "a", nil),
    ])
    #expect(outcomes.map { $0 == .inserted } == [true, false, true, false, true, true, true])
    // Saving finds the stored one by the unique field, and its identifier wins.
    #expect(try await collection.save(recipe(9, "soup", "b", 7)) == .updated)
    #expect(try await collection.first(.slug == "soup")?.id == recipe(1, nil).id)
    // A second opening makes nothing anew.
    #expect(try await test.open().collection(IndexedRecipe.self).count() == 5)
  }

  @Test(arguments: TestStore.available)
  func `an index cannot be made over what breaks it`(store: TestStore) async throws {
    let test = try await store.make()
    let plain = try await test.open().collection(Recipe.self, named: "books")
    _ = try await plain.save([Recipe(1, title: "same"), Recipe(2, title: "same")])
    let strict = try await test.open().collection(UniqueTitle.self, named: "books")
    await #expect {
      _ = try await strict.save([])
    } throws: { error in
      guard case WarehouseError.duplicates(_, "books", _) = error else { return false }
      return true
    }
  }

  @Test(
    arguments: TestStore.available, ["", "no spaces", "a\"b", "1st", "sqlite_master", "system.users", "ünï", "a$b"])
  func `names that are none of a collection are refused`(store: TestStore, name: String) async throws {
    let collection = try await store.make().open().collection(Recipe.self, named: name)
    await #expect {
      try await collection.count()
    } throws: { error in
      guard case WarehouseError.unknownCollection = error else { return false }
      return true
    }
  }

  @Test(arguments: TestStore.available)
  func `reading may end early, often and at once`(store: TestStore) async throws {
    let collection = try await recipes(store, (0..<300).map { Recipe($0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<60 {
        group.addTask {
          var iterator = collection.find(sortedBy: .ascending(.servings)).makeAsyncIterator()
          for expected in 0..<150 {
            let recipe = try await iterator.next()
            #expect(recipe?.servings == expected)
          }
        }
      }
      try await group.waitForAll()
    }
    var outer = 0
    for try await left in collection.find(.servings < 12) {
      for try await right in collection.find(.servings < 12) where left.id == right.id { outer += 1 }
    }
    #expect(outer == 12)
  }
}

/// A type that asks for more than some collections keep.
private struct UniqueTitle: Document {
  static let collection = "titles"
  static let indexes: [Index<UniqueTitle>] = [.unique(Field<UniqueTitle, String>("title"))]
  var id: Identifier
  var title: String
}
