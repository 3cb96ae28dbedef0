import Domain
import Foundation
import Warehouse

/// A document type as a user of the library writes it.
struct Recipe: Document, Hashable {
  struct Origin: Codable, Hashable {
    var book: String
    var year: Int
  }

  enum Course: String, Codable, CaseIterable, Comparable, FilterComparable {
    case dessert, main, starter

    static func < (left: Course, right: Course) -> Bool { left.rawValue < right.rawValue }
  }

  static let collection = "recipes"

  var id: Identifier
  var title: String
  var course: Course = .main
  var servings: Int = 2
  var rating: Double?
  var isVegan = false
  var cookedAt: Date?
  var batch: UUID?
  var tags: [String] = []
  var origin: Origin?
}

extension Recipe {
  init(_ number: Int, title: String? = nil) {
    self.init(id: Identifier("recipe", [String(number)]), title: title ?? "Recipe \(number)", servings: number)
  }
}

extension Field where D == Recipe, Value == String {
  static var title: Self { Field("title") }
  static var book: Self { Field("origin.book") }
}

extension Field where D == Recipe, Value == Int {
  static var servings: Self { Field("servings") }
  static var year: Self { Field("origin.year") }
}

extension Field where D == Recipe, Value == Double {
  static var rating: Self { Field("rating") }
}

extension Field where D == Recipe, Value == Bool {
  static var isVegan: Self { Field("isVegan") }
}

extension Field where D == Recipe, Value == Date {
  static var cookedAt: Self { Field("cookedAt") }
}

extension Field where D == Recipe, Value == UUID {
  static var batch: Self { Field("batch") }
}

extension Field where D == Recipe, Value == [String] {
  static var tags: Self { Field("tags") }
}

extension Field where D == Recipe, Value == Recipe.Course {
  static var course: Self { Field("course") }
}

/// The same recipes, with rules.
struct IndexedRecipe: Document, Hashable {
  static let collection = "indexed_recipes"
  static let indexes: [Index<IndexedRecipe>] = [
    .unique(.slug), .unique(.ascending(.book), .descending(.page)), .on(.page),
  ]

  var id: Identifier
  var slug: String?
  var book: String?
  var page: Int?
}

extension Field where D == IndexedRecipe, Value == String {
  static var slug: Self { Field("slug") }
  static var book: Self { Field("book") }
}

extension Field where D == IndexedRecipe, Value == Int {
  static var page: Self { Field("page") }
}

/// A part of a recipe.
struct Headline: Projection, Hashable {
  static let fields: [ProjectedField<Recipe>] = [.init(.title), .init(.year)]

  struct Origin: Decodable, Hashable {
    var year: Int?
    var book: String?
  }

  var id: Identifier
  var title: String
  var servings: Int?
  var origin: Origin?
}
