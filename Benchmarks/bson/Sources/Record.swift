import Foundation

/// A small document: ten fields of the types that a crawler's records have.
struct Record: Codable, Equatable {
  struct Crawl: Codable, Equatable {
    var source: String
    var attempts: Int
    var at: Date
  }

  var id: String
  var authorID: String
  var authorFullName: String
  var platform: String
  var link: String
  var createdAt: Date
  var likes: Int
  var isPublic: Bool
  var tags: [String]
  var crawl: Crawl

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case platform, link
    case createdAt = "created_at"
    case likes
    case isPublic = "is_public"
    case tags, crawl
  }
}
