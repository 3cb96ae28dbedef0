import Foundation

/// An article as the LLM Engineers Handbook stores it; the coding keys are in the order of the documents' fields.
struct Article: Codable, Equatable {
  struct Content: Codable, Equatable {
    var title: String
    var subtitle: String?
    var content: String
    var language: String?

    enum CodingKeys: String, CodingKey {
      case title = "Title"
      case subtitle = "Subtitle"
      case content = "Content"
      case language
    }
  }

  var content: Content
  var platform: String
  var authorID: String
  var authorFullName: String
  var link: String
  var id: String

  enum CodingKeys: String, CodingKey {
    case content, platform
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case link
    case id = "_id"
  }
}
