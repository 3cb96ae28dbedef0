import Domain
import Foundation
import TestSupport
import Testing
import Warehouse

/// Random filters mean in every store what they mean in Swift.
@Suite("Filters", .dropsDatabases) struct FilterTests {
  private typealias Case = (filter: Filter<Recipe>, means: (Recipe) -> Bool)

  @Test(arguments: TestStore.available)
  func `a filter means what it says`(store: TestStore) async throws {
    var random = SeededGenerator(seed: 11)
    let recipes = (0..<120).map { randomRecipe($0, &random) }
    let collection = try await store.make().open().collection(Recipe.self)
    _ = try await collection.insert(recipes)
    for _ in 0..<200 {
      let (filter, means) = randomCase(depth: 3, &random)
      let expected = recipes.filter(means).map(\.id).sorted()
      #expect(try await collection.all(filter).map(\.id) == expected, "\(filter)")
      #expect(try await collection.count(filter) == expected.count, "\(filter)")
    }
    #expect(try await collection.count(.all) == 120)
    #expect(try await collection.count(!.all) == 0)
  }

  @Test(arguments: TestStore.available)
  func `a prefix is compared byte for byte`(store: TestStore) async throws {
    let titles = ["", "a", "a%", "a_b", "ab", "aé", "a\u{D7FF}", "a\u{E000}", "a\u{10FFFF}", "a\u{10FFFF}x", "b", "A"]
    let collection = try await store.make().open().collection(Recipe.self)
    _ = try await collection.insert(titles.enumerated().map { Recipe($0, title: $1) })
    for prefix in titles {
      let found = try await collection.all(Field.title.hasPrefix(prefix)).map(\.title)
      #expect(Set(found) == Set(titles.filter { $0.utf8.starts(with: prefix.utf8) }), "\(prefix.debugDescription)")
    }
  }

  private func randomRecipe(_ number: Int, _ random: inout SeededGenerator) -> Recipe {
    var recipe = Recipe(number, title: texts.randomElement(using: &random))
    recipe.course = Recipe.Course.allCases.randomElement(using: &random) ?? .main
    recipe.servings = Int.random(in: -2...4, using: &random)
    recipe.rating = Bool.random(using: &random) ? Double(Int.random(in: -2...4, using: &random)) / 2 : nil
    recipe.isVegan = Bool.random(using: &random)
    recipe.cookedAt = Bool.random(using: &random) ? dates.randomElement(using: &random) : nil
    recipe.batch = Bool.random(using: &random) ? batches.randomElement(using: &random) : nil
    recipe.tags = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in texts.randomElement(using: &random) }
    if Bool.random(using: &random) {
      recipe.origin = Recipe.Origin(
        book: texts.randomElement(using: &random) ?? "", year: Int.random(in: 1...3, using: &random))
    }
    return recipe
  }

  private func randomCase(depth: Int, _ random: inout SeededGenerator) -> Case {
    guard depth > 0, Int.random(in: 0..<3, using: &random) > 0 else { return randomLeaf(&random) }
    let (left, isLeft) = randomCase(depth: depth - 1, &random)
    let (right, isRight) = randomCase(depth: depth - 1, &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return (left && right, { isLeft($0) && isRight($0) })
    case 1: return (left || right, { isLeft($0) || isRight($0) })
    default: return (!left, { !isLeft($0) })
    }
  }

  private func randomLeaf(_ random: inout SeededGenerator) -> Case {
    let text = texts.randomElement(using: &random) ?? ""
    let number = Int.random(in: -2...4, using: &random)
    let date = dates.randomElement(using: &random) ?? Date(timeIntervalSince1970: 0)
    let batch = batches.randomElement(using: &random) ?? UUID()
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return compared(.title, text, \.title, &random)
    case 1: return compared(.servings, number, \.servings, &random)
    case 2: return compared(.rating, Double(number) / 2, \.rating, &random)
    case 3: return compared(.cookedAt, date, \.cookedAt, &random)
    case 4: return compared(.book, text, \.origin?.book, &random)
    case 5: return compared(.course, .starter, \.course, &random)
    case 6: return (.isVegan == true, \.isVegan)
    case 7: return (.batch != batch, { $0.batch != batch })
    case 8: return (Field.batch.isIn([batch, batches[0]]), { $0.batch == batch || $0.batch == batches[0] })
    case 9: return (Field.rating.isNil, { $0.rating == nil })
    case 10: return (Field.tags.contains(text), { $0.tags.contains(text) })
    default:
      let chosen = Array(texts.shuffled(using: &random).prefix(number + 2))
      return (Field.title.isIn(chosen), { chosen.contains($0.title) })
    }
  }

  private func compared<Value: FilterComparable & Comparable>(
    _ field: Field<Recipe, Value>, _ value: Value, _ get: @escaping (Recipe) -> Value?, _ random: inout SeededGenerator
  ) -> Case {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: (field == value, { get($0) == value })
    case 1: (field != value, { get($0) != value })
    case 2: (field < value, { get($0).map { order($0, value) < 0 } ?? false })
    case 3: (field <= value, { get($0).map { order($0, value) <= 0 } ?? false })
    case 4: (field > value, { get($0).map { order($0, value) > 0 } ?? false })
    default: (field >= value, { get($0).map { order($0, value) >= 0 } ?? false })
    }
  }

  /// Stores order text by its bytes, which is not quite what Swift does.
  private func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    if let left = left as? String, let right = right as? String {
      return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : left.utf8.elementsEqual(right.utf8) ? 0 : 1
    }
    return left < right ? -1 : left == right ? 0 : 1
  }
}

private let texts = ["", "a", "A", "ab", "$gt", "{\"$gt\":\"\"}", "ä", "10", "9", "' OR 1=1", "null", "\u{1F35E}"]
private let dates = [-1.0, 0, 1_700_000_000, 1_700_000_000.5].map { Date(timeIntervalSince1970: $0) }
private let batches = (0..<3).map { number in
  UUID(uuid: (UInt8(number), 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 13, 14, 255))
}
