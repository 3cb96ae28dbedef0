import Domain

/// What the collection `twin_collections` tells of a collection that twin made: a point without vectors, its identifier
/// derived from the collection's name.
///
/// It is written before the collection is made, so that one that an interruption left half made is known to be twin's.
struct QdrantRecord: Codable, Sendable {
  /// What the collection of the records is called, after the prefix.
  static let collection = "twin_collections"
  /// The number of what points look like: vectors, payload and indexes. Collections of another number are filled anew.
  ///
  /// 1, which was not recorded: collections under their plain names. 2: `text_digest`, `chunking`, `published_at`, and
  /// collections behind aliases.
  static let currentSchema = 2
  /// The most components of a vector that Qdrant takes.
  private static let maximumDimension = 65_536

  /// The name of the collection.
  var collection: String
  /// The model of its vectors; nil when it has none.
  var model: EmbeddingModelInfo?
  /// See ``currentSchema``.
  var schema: Int?
  /// Whether it is taking the place of a collection of schema 1, which may be gone already: what was begun is to be
  /// completed.
  var isActivating: Bool?

  enum CodingKeys: String, CodingKey {
    case collection, model, schema
    case isActivating = "activating"
  }

  init(collection: String, model: EmbeddingModelInfo? = nil) {
    self.collection = collection
    self.model = model
    schema = Self.currentSchema
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    collection = try container.decode(String.self, forKey: .collection)
    model = try container.decodeIfPresent(EmbeddingModelInfo.self, forKey: .model)
    schema = try container.decodeIfPresent(Int.self, forKey: .schema)
    isActivating = try container.decodeIfPresent(Bool.self, forKey: .isActivating)
    if let model, !(1...Self.maximumDimension).contains(model.dimension) {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "no vector has \(model.dimension) components")
    }
  }

  /// The point's identifier.
  var id: Identifier { Identifier("collection", [collection]) }

  /// The name of a collection behind a name that twin's own are known by: it ends with a digest of what would make its
  /// points others, so that the collections of two models, or of two versions of twin, never are the same.
  ///
  /// - Parameter number: 2 for one that takes the place of another of the same model.
  static func collection(behind name: String, for model: EmbeddingModelInfo, number: Int = 1) -> String {
    let parts = [model.name, model.digest, String(model.dimension), String(currentSchema)]
    let collection = "\(name)-\(ContentHash(ofParts: parts).hexadecimal.prefix(12))"
    return number == 1 ? collection : "\(collection)-\(number)"
  }
}
