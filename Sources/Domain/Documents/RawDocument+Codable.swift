import Foundation

extension RawDocument: Codable {
  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case category, link, platform
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case content, name, path, image
    case publishedAt = "published_at"
    case tags, relation, crawl
    case contentHash = "content_hash"
  }

  /// The keys of `content`, as the LLM Engineers Handbook's crawlers spell them.
  enum ContentKeys: String, CodingKey {
    case title = "Title"
    case subtitle = "Subtitle"
    case text = "Content"
    case language
  }

  /// Reads a stored document.
  ///
  /// A document of the LLM Engineers Handbook has no `category`: the decoder's `userInfo` names it
  /// (``Swift/CodingUserInfoKey/dataCategory``), since the collection it came from says what it is.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id)
    if let category = try container.decodeIfPresent(DataCategory.self, forKey: .category) {
      self.category = category
    } else if let category = decoder.userInfo[.dataCategory] as? DataCategory {
      self.category = category
    } else {
      throw DecodingError.keyNotFound(
        CodingKeys.category,
        .init(codingPath: decoder.codingPath, debugDescription: "the document does not say its category"))
    }
    platform = try container.decodeIfPresent(String.self, forKey: .platform) ?? ""
    authorID = try container.decode(Identifier.self, forKey: .authorID)
    authorFullName = try container.decode(String.self, forKey: .authorFullName)
    link = try container.decodeIfPresent(String.self, forKey: .link) ?? "urn:uuid:\(id.uuidString)"
    let content = try Content(from: container)
    (title, subtitle, text, language) = (content.title, content.subtitle, content.text, content.language)
    name = try container.decodeIfPresent(String.self, forKey: .name)
    path = try container.decodeIfPresent(String.self, forKey: .path)
    image = try container.decodeIfPresent(String.self, forKey: .image)
    publishedAt = try container.decodeIfPresent(Date.self, forKey: .publishedAt)
    tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
    relation = try container.decodeIfPresent(Relation.self, forKey: .relation)
    crawl = try container.decodeIfPresent(CrawlRecord.self, forKey: .crawl)
  }

  /// Writes the document with its content hash, so that a store can tell a changed one without reading the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(category, forKey: .category)
    try container.encode(link, forKey: .link)
    try container.encode(platform, forKey: .platform)
    try container.encode(authorID, forKey: .authorID)
    try container.encode(authorFullName, forKey: .authorFullName)
    var content = container.nestedContainer(keyedBy: ContentKeys.self, forKey: .content)
    try content.encodeIfPresent(title, forKey: .title)
    try content.encodeIfPresent(subtitle, forKey: .subtitle)
    try content.encode(text, forKey: .text)
    try content.encodeIfPresent(language, forKey: .language)
    try container.encodeIfPresent(name, forKey: .name)
    try container.encodeIfPresent(path, forKey: .path)
    try container.encodeIfPresent(image, forKey: .image)
    try container.encodeIfPresent(publishedAt, forKey: .publishedAt)
    if !tags.isEmpty { try container.encode(tags, forKey: .tags) }
    try container.encodeIfPresent(relation, forKey: .relation)
    try container.encodeIfPresent(crawl, forKey: .crawl)
    try container.encode(contentHash, forKey: .contentHash)
  }
}

extension CodingUserInfoKey {
  /// The ``DataCategory`` of documents that do not say it themselves.
  public static let dataCategory: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "twin.dataCategory") else {
      preconditionFailure("a non-empty key is always valid")
    }
    return key
  }()
}

/// The `content` object, in our form or in another one of the LLM Engineers Handbook's: a repository there is one
/// object of file names and texts.
private struct Content {
  var title: String?
  var subtitle: String?
  var text: String
  var language: String?

  init(from container: KeyedDecodingContainer<RawDocument.CodingKeys>) throws {
    let content = try container.nestedContainer(keyedBy: AnyKey.self, forKey: .content)
    var values: [String: String] = [:]
    for key in content.allKeys {
      values[key.stringValue] = try content.decodeIfPresent(String.self, forKey: key)
    }
    title = values["Title"].flatMap { $0.isEmpty ? nil : $0 }
    subtitle = values["Subtitle"].flatMap { $0.isEmpty ? nil : $0 }
    language = values["language"].flatMap { $0.isEmpty ? nil : $0 }
    text =
      values["Content"]
      ?? values.sorted { $0.key < $1.key }.map { "## \($0.key)\n\n\($0.value)" }.joined(separator: "\n\n")
  }
}

private struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
