import Domain

extension ChunkingConfiguration {
  /// Reads a configuration; a missing key has its default, and each category has a key of its own.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for an unknown strategy, unit or preset.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    let common = try Override(container, name: "chunking")
    strategy = common.strategy ?? strategy
    size = common.size ?? size
    overlap = common.overlap ?? overlap
    unit = common.unit ?? unit
    for category in DataCategory.allCases {
      guard let key = CodingKeys(rawValue: category.rawValue), container.contains(key) else { continue }
      categories[category] = try Override(
        container.nestedContainer(keyedBy: CodingKeys.self, forKey: key), name: "chunking.\(category.rawValue)")
    }
  }

  /// Writes every value, each category under its own key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(strategy, forKey: .strategy)
    try container.encode(size, forKey: .size)
    try container.encode(overlap, forKey: .overlap)
    try container.encode(unit, forKey: .unit)
    for (category, override) in categories {
      guard let key = CodingKeys(rawValue: category.rawValue) else { continue }
      try container.encode(override, forKey: key)
    }
  }

  fileprivate enum CodingKeys: String, CodingKey {
    case preset, strategy, size, overlap, unit, posts, articles, repositories
  }
}

extension ChunkingConfiguration.Override {
  fileprivate init(_ container: KeyedDecodingContainer<ChunkingConfiguration.CodingKeys>, name: String) throws {
    let preset: ChunkingPreset? = try container.decodeStrategy(forKey: .preset, named: "\(name).preset")
    self = preset.map { .init($0) } ?? .init()
    strategy = try container.decodeStrategy(forKey: .strategy, named: "\(name).strategy") ?? strategy
    size = try container.decodeIfPresent(Int.self, forKey: .size) ?? size
    overlap = try container.decodeIfPresent(Int.self, forKey: .overlap) ?? overlap
    unit = try container.decodeStrategy(forKey: .unit, named: "\(name).unit") ?? unit
  }
}
