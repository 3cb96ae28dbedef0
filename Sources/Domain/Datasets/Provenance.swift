/// Where a sample comes from: enough to find the author's own words again.
public struct Provenance: Codable, Hashable, Sendable {
  /// The document.
  public var documentID: Identifier
  /// The document's canonical link.
  public var link: String
  /// What kind of writing the document is.
  public var category: DataCategory
  /// The full name of the author.
  public var authorFullName: String
  /// UTF-8 byte offset of the extract's first byte in the cleaned document.
  public var start: Int
  /// UTF-8 byte offset after the extract's last byte.
  public var end: Int
  /// The hash of the extract.
  public var extractHash: ContentHash
  /// What made the sample: the generator, its model and its prompt.
  public var recipe: String
  /// The hash of the generator, its model, its prompt and its parameters.
  public var recipeHash: ContentHash

  /// Makes a provenance; see the properties.
  public init(
    documentID: Identifier, link: String, category: DataCategory, authorFullName: String, start: Int, end: Int,
    extractHash: ContentHash, recipe: String, recipeHash: ContentHash
  ) {
    self.documentID = documentID
    self.link = link
    self.category = category
    self.authorFullName = authorFullName
    self.start = start
    self.end = end
    self.extractHash = extractHash
    self.recipe = recipe
    self.recipeHash = recipeHash
  }

  enum CodingKeys: String, CodingKey {
    case documentID = "document_id"
    case link, category
    case authorFullName = "author_full_name"
    case start, end
    case extractHash = "extract_hash"
    case recipe
    case recipeHash = "recipe_hash"
  }
}
