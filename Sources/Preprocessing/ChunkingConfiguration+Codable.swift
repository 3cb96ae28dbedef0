import Domain

extension ChunkingConfiguration {
  /// Reads a configuration; a missing key has its default, and each category has a key of its own.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for an unknown strategy.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    strategy = try container.decodeStrategy(forKey: .strategy, named: "chunking.strategy") ?? strategy
    size = try container.decodeIfPresent(Int.self, forKey: .size) ?? size
    overlap = try container.decodeIfPresent(Int.self, forKey: .overlap) ?? overlap
    for category in DataCategory.allCases {
      guard let key = CodingKeys(rawValue: category.rawValue), container.contains(key) else { continue }
      let values = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: key)
      categories[category] = Override(
        strategy: try values.decodeStrategy(forKey: .strategy, named: "chunking.\(category.rawValue).strategy"),
        size: try values.decodeIfPresent(Int.self, forKey: .size),
        overlap: try values.decodeIfPresent(Int.self, forKey: .overlap))
    }
  }

  /// Writes every value, each category under its own key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(strategy, forKey: .strategy)
    try container.encode(size, forKey: .size)
    try container.encode(overlap, forKey: .overlap)
    for (category, override) in categories {
      guard let key = CodingKeys(rawValue: category.rawValue) else { continue }
      try container.encode(override, forKey: key)
    }
  }

  enum CodingKeys: String, CodingKey {
    case strategy, size, overlap, posts, articles, repositories
  }
}
