import Domain
import Foundation
import Warehouse

/// A small document; `documents.py` makes the same ones from the same numbers.
struct Post: Document {
  struct Source: Codable {
    var name: String
    var line: Int
  }

  enum CodingKeys: String, CodingKey {
    case id, link, title, author, words, likes, score, tags, source
    case isPublic = "is_public"
    case publishedAt = "published_at"
  }

  static let collection = "small_posts"
  static let indexes: [Index<Post>] = [.unique(.link), .on(.author)]

  var id: Identifier
  var link: String
  var title: String
  var author: String
  var words: Int
  var likes: Int
  var score: Double
  var isPublic: Bool
  var publishedAt: Date
  var tags: [String]
  var source: Source
}

extension Post {
  init(_ number: Int) {
    let mixed = number &* 2_654_435_761 % (1 << 32)
    let topics = ["swift", "databases", "search", "writing"]
    let suffix = String(number &* 2_654_435_761 % (1 << 48), radix: 16)
    self.init(
      id: Identifier(existing: "\(padded(String(number, radix: 16), to: 8))-0000-4000-8000-\(padded(suffix, to: 12))"),
      link: "https://example.com/posts/\(number)", title: "Post \(number) on \(topics[mixed % 4])",
      author: "Author \(mixed % 1000)", words: mixed % 5000, likes: number * 3, score: Double(mixed % 1000) / 8,
      isPublic: mixed.isMultiple(of: 3), publishedAt: Date(timeIntervalSince1970: Double(1_577_836_800 + number)),
      tags: [topics[mixed % 4], topics[mixed / 4 % 4], "t\(mixed % 100)"],
      source: Source(name: "feed \(mixed % 50)", line: mixed % 10_000))
  }

  /// Every field in a line of text, for the digest.
  var line: String {
    let fields: [any CustomStringConvertible] = [
      id.uuidString, link, title, author, words, likes, Int(score * 8), isPublic ? 1 : 0,
      Int((publishedAt.timeIntervalSince1970 * 1000).rounded()), tags.joined(separator: "\t"), source.name,
      source.line,
    ]
    return fields.map(\.description).joined(separator: "\t") + "\n"
  }
}

private func padded(_ digits: String, to width: Int) -> String {
  String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

extension Field where D == Post, Value == String {
  static var link: Self { Field("link") }
  static var author: Self { Field("author") }
}
